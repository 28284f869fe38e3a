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
    /// <exception cref="ProblemException">The directory is held by a host that cannot be asked (AFF730).</exception>
    public static async Task<IRunGateway> OpenAsync(Session session, RunMode mode, CancellationToken cancellationToken)
    {
        if (ServedAt(session) is { } url)
        {
            return new ServedRuns(url);
        }

        try
        {
            return await EmbeddedRuns.StartAsync(session, HostDirectory(session.StateDirectory, mode), cancellationToken);
        }
        catch (StateDirectoryInUseException inUse)
        {
            throw new ProblemException(Problem.Of(HostErrors.StateDirectoryInUse, inUse.Message));
        }
    }

    /// <summary>
    /// Plans have a history of their own beside that of the runs: a host takes up every unfinished run of its history when it starts,
    /// and a command that only plans must not make an interrupted run write.
    /// </summary>
    private static string HostDirectory(string stateDirectory, RunMode mode) =>
        mode == RunMode.Plan ? Path.Combine(stateDirectory, "plans") : stateDirectory;
}
