using AffinityDurable.Core.Errors;
using AffinityDurable.Simulator;

namespace AffinityDurable.Cli.Commands;

/// <summary>Where the account of a simulator is saved when it is stopped.</summary>
internal sealed class SnapshotFile
{
    private SnapshotFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Checks the path before anything is served, not after a day of it.</summary>
    /// <exception cref="ProblemException">Nothing can be written there (AFF736).</exception>
    public static SnapshotFile? Of(FileInfo? file)
    {
        if (file is null)
        {
            return null;
        }

        if (Directory.Exists(file.FullName))
        {
            throw Unwritable($"'{file.FullName}' is a directory");
        }

        return file.Directory is { Exists: false } directory
            ? throw Unwritable($"there is no directory '{directory.FullName}'")
            : new SnapshotFile(file.FullName);
    }

    /// <summary>Writes beside it first: what was there before stays until the new one is whole.</summary>
    /// <exception cref="ProblemException">It cannot be written (AFF736).</exception>
    public async Task SaveAsync(SimulatorServer server)
    {
        var aside = $"{Path}.new";
        try
        {
            await using (var file = File.Create(aside))
            {
                await server.SaveAsync(file);
            }

            File.Move(aside, Path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(exception.Message);
        }
    }

    private static ProblemException Unwritable(string reason) =>
        new(Problem.Of(HostErrors.SnapshotUnwritable, $"{HostErrors.SnapshotUnwritable.Title}: {reason}"));
}
