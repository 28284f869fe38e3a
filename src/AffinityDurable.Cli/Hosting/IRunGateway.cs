using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Triggers;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Where runs are started and looked at: a host in this process, or another that holds the state directory.</summary>
internal interface IRunGateway : IAsyncDisposable
{
    /// <summary>How often a run is looked at.</summary>
    TimeSpan Interval { get; }

    /// <summary>What becomes of a run when this program stops to follow it.</summary>
    string WhenLeft { get; }

    /// <summary>Starts a run, or finds the unfinished one of the same sync, mode and scope.</summary>
    /// <exception cref="Core.Errors.ProblemException">It cannot be started.</exception>
    Task<StartedRun> StartAsync(RunRequest request, CancellationToken cancellationToken);

    Task<RunView?> FindAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Approves or declines the plan that a run waits with.</summary>
    /// <exception cref="Core.Errors.ProblemException">The answer does not count (AFF626).</exception>
    Task AnswerAsync(string runId, string planHash, bool approved, PlanAnswer answer, CancellationToken cancellationToken);

    /// <summary>Cancels a run; it ends a little later.</summary>
    /// <exception cref="Core.Errors.ProblemException">There is no such run (AFF721), or it has ended (AFF751).</exception>
    Task CancelAsync(CancelledRun cancelled, CancellationToken cancellationToken);
}

/// <summary>A run to follow.</summary>
/// <param name="RunId">The run.</param>
/// <param name="IsResumed">An earlier start was interrupted; it goes on instead of a new one.</param>
internal sealed record StartedRun(string RunId, bool IsResumed);
