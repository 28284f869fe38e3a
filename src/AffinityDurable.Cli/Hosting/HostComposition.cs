using AffinityDurable.Functions;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Telemetry;
using AffinityDurable.LocalHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Puts the embedded host together with the functions of the product.</summary>
internal static class HostComposition
{
    private const string QueueSetting = "Arrivals:Queue";
    private const string Queue = "arrivals";

    /// <summary>Long enough for a call under way; what is left is taken up again by the next start.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <param name="session">Settings and logging.</param>
    /// <param name="hostDirectory">Where the host keeps its history.</param>
    /// <param name="listen">Where HTTP functions are served while timers fire; null for neither.</param>
    public static IHost Build(Session session, string hostDirectory, Uri? listen = null)
    {
        // Without the defaults no other file or variable has a say, and signals stay with the program.
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(QueueSetting, (string?)Queue)]);
        builder.Configuration.AddConfiguration(session.Configuration);
        builder.Logging.AddToStandardError(session.LogLevel);
        builder.Services.AddAffinityDurable(builder.Configuration);
        builder.Services.AddAffinityDurableTelemetry(builder.Configuration);
        builder.Services.AddLocalHost(options =>
        {
            options.StateDirectory = hostDirectory;
            options.Assemblies.Add(typeof(SyncOrchestrator).Assembly);
            options.DefaultVersion = OrchestrationVersion.Current;
            options.RefuseVersion = OrchestrationVersion.ProblemOf;
            options.Listen = listen;
            options.EnableHttp = listen is not null;
            options.EnableTimers = listen is not null;
            options.EnableQueues = listen is not null;
            Watch(options, builder.Configuration);
            options.StopGrace = StopGrace;
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        return builder.Build();
    }

    /// <summary>Folders whose files become messages for the function that takes arrivals.</summary>
    private static void Watch(LocalHostOptions options, ConfigurationManager configuration)
    {
        foreach (var folder in configuration.GetSection("Arrivals:Folders").GetChildren().Select(folder => folder.Value))
        {
            if (!string.IsNullOrWhiteSpace(folder))
            {
                options.WatchedFolders.Add(new WatchedFolder(folder, configuration[QueueSetting]!));
            }
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
