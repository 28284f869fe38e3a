using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
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
    private readonly IHost host;

    private readonly IReadOnlyList<UnfinishedRun> unfinished;

    private EmbeddedRuns(IHost host, IReadOnlyList<UnfinishedRun> unfinished) => (this.host, this.unfinished) = (host, unfinished);

    public TimeSpan Interval => TimeSpan.FromMilliseconds(100);

    public string WhenLeft => "Stopped. Nothing is lost: the same command goes on where this one stopped.";

    private DurableTaskClient Client => host.Services.GetRequiredService<EmbeddedHost>().Client;

    /// <param name="session">Settings and logging.</param>
    /// <param name="hostDirectory">Where the host keeps its history.</param>
    /// <param name="unfinished">What the host goes on with.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="StateDirectoryInUseException">Another host holds the directory.</exception>
    public static async Task<EmbeddedRuns> StartAsync(
        Session session, string hostDirectory, IReadOnlyList<UnfinishedRun> unfinished, CancellationToken cancellationToken)
    {
        var built = HostComposition.Build(session, hostDirectory);
        try
        {
            await built.StartAsync(cancellationToken);
            return new EmbeddedRuns(built, unfinished);
        }
        catch
        {
            built.Dispose();
            throw;
        }
    }

    public async Task<StartedRun> StartAsync(RunRequest request, CancellationToken cancellationToken)
    {
        if (unfinished.FirstOrDefault(run => run.Answers(request)) is { } interrupted)
        {
            return new StartedRun(interrupted.RunId, IsResumed: true);
        }

        return new StartedRun(await StartNewAsync(request, cancellationToken), IsResumed: false);
    }

    public async Task AnswerAsync(string runId, string planHash, bool approved, PlanAnswer answer, CancellationToken cancellationToken)
    {
        var given = new ApprovalAnswer(approved ? ApprovalVerdict.Approved : ApprovalVerdict.Declined, answer.By, default, answer.Comment);
        var desk = host.Services.GetRequiredService<ApprovalDesk>();
        if (await desk.AnswerAsync(RunId.Parse(runId, null), planHash, given, Client, cancellationToken) is { } problem)
        {
            throw new ProblemException(problem);
        }
    }

    public async Task CancelAsync(CancelledRun cancelled, CancellationToken cancellationToken)
    {
        var desk = host.Services.GetRequiredService<CancelDesk>();
        if (await desk.CancelAsync(RunId.Parse(cancelled.RunId, null), cancelled.By, cancelled.Reason, Client, cancellationToken) is { } problem
            && !EndedByNow(cancelled, problem))
        {
            throw new ProblemException(problem);
        }
    }

    public Task<RunView?> FindAsync(string runId, CancellationToken cancellationToken) =>
        host.Services.GetRequiredService<RunViews>().FindAsync(RunId.Parse(runId, null), Client, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }

    /// <summary>A run that was interrupted may end before it is told: it finds the note when it goes on.</summary>
    private bool EndedByNow(CancelledRun cancelled, Problem problem) =>
        problem.Code == OrchestrationErrors.AlreadyEnded.Id && unfinished.Any(cancelled.Is);

    private async Task<string> StartNewAsync(RunRequest request, CancellationToken cancellationToken)
    {
        if (request.PlanOf is not null || request.Undo is not null)
        {
            var followUp = await host.Services.GetRequiredService<FollowUpRuns>().StartAsync(request, Client, cancellationToken);
            return followUp.RunId ?? throw new ProblemException(followUp.Problem!);
        }

        var starter = host.Services.GetRequiredService<RunStarter>();
        if (request.Mode != RunMode.Plan)
        {
            await EnsureFreeAsync(request.Sync, starter, cancellationToken);
        }

        return await starter.StartAsync(request, Client, cancellationToken);
    }

    private async Task EnsureFreeAsync(string sync, RunStarter starter, CancellationToken cancellationToken)
    {
        var loaded = await host.Services.GetRequiredService<SyncCatalog>().LoadAsync(sync, cancellationToken);
        if (loaded.Definition is { } definition && await starter.HolderAsync(definition.ListId, Client, cancellationToken) is { } holder)
        {
            // An interrupted run goes on only while some command runs: to wait for it would be in vain.
            var cure = unfinished.FirstOrDefault(run => run.RunId == holder) is { } interrupted
                ? $"It was interrupted: finish it first with `{RunScope.Command(interrupted.Request)}`."
                : null;
            throw new ProblemException(Problem.Of(HostErrors.ListBusy, $"Run {holder} holds the list.", cure));
        }
    }
}
