using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Syncs;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.LocalHost;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Runs on the embedded host in this process.</summary>
internal sealed class EmbeddedRuns : IRunGateway
{
    private static readonly OrchestrationRuntimeStatus[] UnderWay =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private readonly IHost host;

    private EmbeddedRuns(IHost host) => this.host = host;

    public TimeSpan Interval => TimeSpan.FromMilliseconds(100);

    public string WhenLeft => "Stopped. Nothing is lost: the same command goes on where this one stopped.";

    private DurableTaskClient Client => host.Services.GetRequiredService<EmbeddedHost>().Client;

    /// <exception cref="StateDirectoryInUseException">Another host holds the directory.</exception>
    public static async Task<EmbeddedRuns> StartAsync(Session session, string hostDirectory, CancellationToken cancellationToken)
    {
        var built = HostComposition.Build(session, hostDirectory);
        try
        {
            await built.StartAsync(cancellationToken);
            return new EmbeddedRuns(built);
        }
        catch
        {
            built.Dispose();
            throw;
        }
    }

    public async Task<StartedRun> StartAsync(RunRequest request, CancellationToken cancellationToken)
    {
        if (await UnfinishedAsync(request, cancellationToken) is { } unfinished)
        {
            return new StartedRun(unfinished, IsResumed: true);
        }

        var starter = host.Services.GetRequiredService<RunStarter>();
        if (request.Mode == RunMode.Apply)
        {
            await EnsureFreeAsync(request.Sync, starter, cancellationToken);
        }

        return new StartedRun(await starter.StartAsync(request, Client, cancellationToken), IsResumed: false);
    }

    public Task<RunView?> FindAsync(string runId, CancellationToken cancellationToken) =>
        host.Services.GetRequiredService<RunViews>().FindAsync(RunId.Parse(runId, null), Client, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }

    /// <summary>The host took it up again when it started.</summary>
    private async Task<string?> UnfinishedAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var query = new OrchestrationQuery(Statuses: UnderWay, InstanceIdPrefix: $"{request.Sync}@", FetchInputsAndOutputs: true);
        await foreach (var instance in Client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            if (instance.Name == nameof(SyncOrchestrator) && instance.ReadInputAs<SyncInput>() is { } input && input.Mode == request.Mode)
            {
                return instance.InstanceId;
            }
        }

        return null;
    }

    private async Task EnsureFreeAsync(string sync, RunStarter starter, CancellationToken cancellationToken)
    {
        var loaded = await host.Services.GetRequiredService<SyncCatalog>().LoadAsync(sync, cancellationToken);
        if (loaded.Definition is { } definition && await starter.HolderAsync(definition.ListId, Client, cancellationToken) is { } holder)
        {
            throw new ProblemException(Problem.Of(HostErrors.ListBusy, $"Run {holder} holds the list."));
        }
    }
}
