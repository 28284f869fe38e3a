using AffinityDurable.Core.Cancelling;

namespace AffinityDurable.Cli.Hosting;

/// <summary>A run that somebody wants to end.</summary>
/// <param name="RunId">The run.</param>
/// <param name="By">Who wants it.</param>
/// <param name="Reason">Why, where it is said.</param>
internal sealed record CancelledRun(string RunId, string By, string? Reason)
{
    public bool Is(UnfinishedRun run) => run.RunId == RunId;

    /// <summary>Notes it where the run looks, while no host is at work.</summary>
    public Task NoteAsync(Session session, CancellationToken cancellationToken) =>
        new CancelBook(session.SyncState, TimeProvider.System).RequestAsync(RunId, By, Reason, cancellationToken);
}
