using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.LocalHost;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Finds where a run can be started.</summary>
internal static class RunGateways
{
    /// <summary>Where another host serves the state directory; null when none does.</summary>
    public static Uri? ServedAt(Session session) => StateDirectoryLock.ReadOwner(session.StateDirectory)?.Url;

    /// <summary>A host that serves the state directory is asked; else a host is started in this process.</summary>
    /// <exception cref="ProblemException">The directory is held by a host that cannot be asked (AFF730), or an interrupted run differs from the request (AFF732).</exception>
    public static Task<IRunGateway> OpenAsync(Session session, RunRequest request, CancellationToken cancellationToken) =>
        OpenAsync(session, request.Mode, request, cancelled: null, cancellationToken);

    /// <summary>As above, to deal with a run that is there already.</summary>
    public static Task<IRunGateway> OpenAsync(Session session, CancellationToken cancellationToken) =>
        OpenAsync(session, RunMode.Apply, request: null, cancelled: null, cancellationToken);

    /// <summary>As above, to cancel a run: one that was interrupted is noted before a host takes it up, so that it does not write once more.</summary>
    public static Task<IRunGateway> OpenAsync(Session session, CancelledRun cancelled, CancellationToken cancellationToken) =>
        OpenAsync(session, RunMode.Apply, request: null, cancelled, cancellationToken);

    private static async Task<IRunGateway> OpenAsync(
        Session session, RunMode mode, RunRequest? request, CancelledRun? cancelled, CancellationToken cancellationToken)
    {
        if (ServedAt(session) is { } url)
        {
            return new ServedRuns(url);
        }

        session.EnsureStateDirectory();
        try
        {
            var directory = HostDirectory(session.StateDirectory, mode);
            var unfinished = await UnfinishedAsync(session, directory, mode, request, cancelled, cancellationToken);
            return await EmbeddedRuns.StartAsync(session, directory, unfinished, cancellationToken);
        }
        catch (StateDirectoryInUseException inUse)
        {
            throw new ProblemException(Problem.Of(HostErrors.StateDirectoryInUse, inUse.Message));
        }
    }

    private static async Task<IReadOnlyList<UnfinishedRun>> UnfinishedAsync(
        Session session, string hostDirectory, RunMode mode, RunRequest? request, CancelledRun? cancelled, CancellationToken cancellationToken)
    {
        if (StateDirectoryLock.ReadOwner(hostDirectory) is { } owner)
        {
            throw new StateDirectoryInUseException(hostDirectory, owner);
        }

        var approvals = new ApprovalBook(session.SyncState);
        var unfinished = await UnfinishedRun.ReadAsync(hostDirectory, session.RunStore, approvals, mode, cancellationToken);
        if (request is not null)
        {
            UnfinishedRun.EnsureNoneDiffers(unfinished, request);
        }

        if (cancelled is not null && unfinished.Any(cancelled.Is))
        {
            await cancelled.NoteAsync(session, cancellationToken);
        }

        foreach (var other in unfinished.Where(run => cancelled?.Is(run) != true && (request is null || !run.Answers(request))))
        {
            session.Terminal.ErrorLine($"Run {other.RunId} was interrupted and goes on too while this command runs: {RunScope.InWords(other.Request)}.");
        }

        return unfinished;
    }

    /// <summary>
    /// Plans have a history of their own beside that of the runs: a host takes up every unfinished run of its history when it starts,
    /// and a command that only plans must not make an interrupted run write.
    /// </summary>
    private static string HostDirectory(string stateDirectory, RunMode mode) =>
        mode == RunMode.Plan ? Path.Combine(stateDirectory, "plans") : stateDirectory;
}
