using System.Text.Json;

namespace AffinityDurable.LocalHost;

/// <summary>
/// Keeps a state directory to one host. <c>host.lock</c> is held with an operating system lock that goes away with the
/// process, however it ends; who holds it is written beside it, in <c>host.owner.json</c>, because a locked file cannot be read.
/// </summary>
public sealed class StateDirectoryLock : IDisposable
{
    private const string LockFile = "host.lock";
    private const string OwnerFile = "host.owner.json";

    // A look at the lock holds it for an instant; a host that starts at that instant tries again.
    private const int Attempts = 20;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(25);

    private readonly FileStream held;
    private readonly string stateDirectory;

    private StateDirectoryLock(FileStream held, string stateDirectory)
    {
        this.held = held;
        this.stateDirectory = stateDirectory;
    }

    /// <summary>Who holds the directory, or null when nobody does.</summary>
    public static StateDirectoryOwner? ReadOwner(string stateDirectory)
    {
        var path = Path.Combine(stateDirectory, LockFile);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var look = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException)
        {
            return ReadOwnerFile(stateDirectory);
        }
    }

    /// <exception cref="StateDirectoryInUseException">Another host, in this or another process, holds the directory.</exception>
    internal static StateDirectoryLock Take(string stateDirectory, Uri? url)
    {
        CreatePrivate(stateDirectory);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var file = new FileStream(Path.Combine(stateDirectory, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                var taken = new StateDirectoryLock(file, stateDirectory);
                taken.Publish(url);
                return taken;
            }
            catch (IOException) when (attempt < Attempts)
            {
                Thread.Sleep(BetweenAttempts);
            }
            catch (IOException)
            {
                throw new StateDirectoryInUseException(stateDirectory, ReadOwnerFile(stateDirectory));
            }
        }
    }

    /// <summary>Tells others where the host can be reached; null when it does not listen.</summary>
    internal void Publish(Uri? url)
    {
        var path = Path.Combine(stateDirectory, OwnerFile);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(new StateDirectoryOwner(Environment.ProcessId, url)));
        File.Move(path + ".new", path, overwrite: true);
    }

    public void Dispose() => held.Dispose();

    /// <summary>The history holds what functions were given and gave back: nobody else's business. A directory that is there stays as it is.</summary>
    private static void CreatePrivate(string stateDirectory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(stateDirectory);
        }
        else
        {
            Directory.CreateDirectory(stateDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static StateDirectoryOwner ReadOwnerFile(string stateDirectory)
    {
        try
        {
            return JsonSerializer.Deserialize<StateDirectoryOwner>(File.ReadAllText(Path.Combine(stateDirectory, OwnerFile)))!;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return new StateDirectoryOwner(0, null);
        }
    }
}
