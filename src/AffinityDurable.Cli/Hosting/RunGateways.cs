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
    public static async Task<IRunGateway> OpenAsync(Session session, RunRequest request, CancellationToken cancellationToken)
    {
        if (ServedAt(session) is { } url)
        {
            return new ServedRuns(url);
        }

        session.EnsureStateDirectory();
        try
        {
            var directory = HostDirectory(session.StateDirectory, request.Mode);
            var unfinished = await UnfinishedAsync(session, directory, request, cancellationToken);
            return await EmbeddedRuns.StartAsync(session, directory, unfinished, cancellationToken);
        }
        catch (StateDirectoryInUseException inUse)
        {
            throw new ProblemException(Problem.Of(HostErrors.StateDirectoryInUse, inUse.Message));
        }
    }

    private static async Task<IReadOnlyList<UnfinishedRun>> UnfinishedAsync(
        Session session, string hostDirectory, RunRequest request, CancellationToken cancellationToken)
    {
        if (StateDirectoryLock.ReadOwner(hostDirectory) is { } owner)
        {
            throw new StateDirectoryInUseException(hostDirectory, owner);
        }

        var unfinished = await UnfinishedRun.ReadAsync(hostDirectory, new FileRunStore(session.StateDirectory), request.Mode, cancellationToken);
        UnfinishedRun.EnsureNoneDiffers(unfinished, request);
        foreach (var other in unfinished.Where(run => !run.Answers(request)))
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
