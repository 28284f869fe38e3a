using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.LocalHost;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Bench.Product;

/// <summary>The product as <c>affinity-durable</c> composes it: functions on the embedded host, file stores in a directory of its own.</summary>
internal sealed class BenchApp : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private BenchApp(ServiceProvider services, string directory)
    {
        this.services = services;
        Directory = directory;
    }

    public string Directory { get; }

    public EmbeddedHost Host => services.GetRequiredService<EmbeddedHost>();

    public DurableTaskClient Client => Host.Client;

    public IRunStore Store => services.GetRequiredService<IRunStore>();

    /// <param name="affinity">Base address of the API.</param>
    /// <param name="apiKey">Its key.</param>
    /// <param name="clock">The clock; the system's when null.</param>
    /// <param name="host">Further settings of the host.</param>
    /// <param name="settings">Further settings of the product.</param>
    public static async Task<BenchApp> StartAsync(
        Uri affinity, string apiKey, TimeProvider? clock = null, Action<LocalHostOptions>? host = null, Dictionary<string, string?>? settings = null)
    {
        var directory = Path.Combine(Path.GetTempPath(), "affinity-bench-" + Guid.NewGuid().ToString("N"));
        System.IO.Directory.CreateDirectory(Path.Combine(directory, "syncs"));
        var app = new BenchApp(Compose(directory, affinity, apiKey, clock ?? TimeProvider.System, host, settings), directory);
        await app.Host.StartAsync(CancellationToken.None);
        return app;
    }

    /// <summary>Stores a definition of the sync and gives the path of its export.</summary>
    /// <param name="sync">Its name.</param>
    /// <param name="verify">What is read back; nothing, unless that is what is measured.</param>
    /// <param name="more">Further lines of the definition.</param>
    public string Define(string sync, string verify = "none", string more = "")
    {
        File.WriteAllText(Path.Combine(Directory, "syncs", sync + ".yaml"), World.Portfolio.Definition(sync, verify, more));
        return Path.Combine(Directory, "syncs", sync + ".csv");
    }

    /// <summary>Ids of so many entries of a list.</summary>
    public async Task<IReadOnlyList<long>> EntryIdsAsync(long listId, int count, CancellationToken cancellationToken)
    {
        var page = await services.GetRequiredService<AffinityClient>().EntriesPageAsync(listId, [], nextUrl: null, cancellationToken);
        return [.. page.Require().Entries.Select(entry => entry.Id).Take(count)];
    }

    /// <summary>Runs a sync to its end.</summary>
    /// <exception cref="RunFailedException">The run did not succeed.</exception>
    public async Task<RunReport> RunAsync(string sync, RunMode mode, CancellationToken cancellationToken) =>
        await EndAsync(await StartRunAsync(sync, mode, cancellationToken), cancellationToken);

    /// <summary>Starts a run and gives its id.</summary>
    public Task<string> StartRunAsync(string sync, RunMode mode, CancellationToken cancellationToken)
    {
        var request = new RunRequest { Sync = sync, Mode = mode, Trigger = RunTrigger.CommandLine };
        return services.GetRequiredService<RunStarter>().StartAsync(request, Client, cancellationToken);
    }

    /// <summary>Waits for the end of a run.</summary>
    /// <exception cref="RunFailedException">The run did not succeed.</exception>
    public async Task<RunReport> EndAsync(string runId, CancellationToken cancellationToken)
    {
        var instance = await Client.WaitForInstanceCompletionAsync(runId, getInputsAndOutputs: true, cancellationToken);
        RunFailedException.Require(
            instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed,
            $"The orchestration ended {instance.RuntimeStatus}: {instance.FailureDetails?.ErrorMessage}");
        var report = await Store.RequireJsonAsync<RunReport>(runId, Artefacts.Report, cancellationToken);
        RunFailedException.Require(report.Outcome == RunOutcome.Succeeded, $"The run ended {report.Outcome}: {report.Error?.Message}");
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static ServiceProvider Compose(
        string directory, Uri affinity, string apiKey, TimeProvider clock, Action<LocalHostOptions>? host, Dictionary<string, string?>? settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Affinity:BaseAddress"] = affinity.ToString(),
                ["Affinity:ApiKey"] = apiKey,
                ["Definitions:Directory"] = Path.Combine(directory, "syncs"),
                ["Stores:Directory"] = directory,
            })
            .AddInMemoryCollection(settings ?? [])
            .Build();
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddSingleton(clock);
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        collection.AddAffinityDurable(configuration);
        collection.AddLocalHost(options =>
        {
            options.StateDirectory = directory;
            options.Assemblies.Add(typeof(SyncOrchestrator).Assembly);
            options.EnableHttp = false;
            options.EnableTimers = false;
            options.TimeProvider = clock;
            host?.Invoke(options);
        });
        return collection.BuildServiceProvider();
    }
}
