using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.LocalHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Host;

/// <summary>Serves the HTTP API and the webhook until it is killed. Standard output: <c>serving {address}</c>.</summary>
internal static class ServingHost
{
    /// <summary>Stands where the name of a sync would.</summary>
    public const string Argument = "--serve";

    public static async Task<int> RunAsync(string directory, string affinity)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Affinity:BaseAddress"] = affinity,
                ["Affinity:RetryDelay"] = "00:00:00.005",
                ["Definitions:Directory"] = Path.Combine(directory, "syncs"),
                ["Stores:Directory"] = directory,
                ["Access:TrustLoopback"] = "true",
            })
            .AddEnvironmentVariables()
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddAffinityDurable(configuration);
        services.AddLocalHost(options =>
        {
            options.StateDirectory = directory;
            options.Assemblies.Add(typeof(SyncOrchestrator).Assembly);
            options.Listen = new Uri("http://127.0.0.1:0");
        });
        await using var provider = services.BuildServiceProvider();
        var host = provider.GetRequiredService<EmbeddedHost>();
        await host.StartAsync(CancellationToken.None);
        Console.WriteLine($"serving {host.Url}");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
