using AffinityDurable.LocalHost.Engine;
using AffinityDurable.LocalHost.History;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Triggers.Queues;

/// <summary>
/// Looks at a folder and puts a message into a queue for every version of a file that has come to rest. What is there when the folder is
/// watched for the first time is no news; what arrives while the host is down is.
/// </summary>
internal sealed partial class FolderWatch(
    WatchedFolder watched,
    TimeSpan rest,
    DurableEngine engine,
    TimeProvider clock,
    Action<string, QueueMessage> post,
    ILogger<FolderWatch> logger) : IDisposable
{
    /// <summary>Path of the line that says that the folder was watched before.</summary>
    private const string Seen = "";

    private readonly CancellationTokenSource stopped = new();
    private readonly Dictionary<string, (string Version, long Since)> moving = new(StringComparer.Ordinal);
    private Dictionary<string, string> known = [];
    private Task loop = Task.CompletedTask;

    public string Queue => watched.Queue;

    /// <summary>The folder, with all below it.</summary>
    public string Folder { get; } = Path.GetFullPath(watched.Path);

    public async Task StartAsync()
    {
        known = engine.Reader.ReadKnownFiles(Folder);
        if (!known.ContainsKey(Seen))
        {
            known = FolderFiles.In(Folder).ToDictionary(file => file.Path, file => file.Version, StringComparer.Ordinal);
            known[Seen] = Seen;
            await engine.WriteAsync(new KnownFilesWrite(Folder, known, [])).ConfigureAwait(false);
        }

        loop = Task.Run(LoopAsync);
    }

    public async Task StopAsync()
    {
        await stopped.CancelAsync().ConfigureAwait(false);
        await loop.ConfigureAwait(false);
    }

    public void Dispose() => stopped.Dispose();

    private async Task LoopAsync()
    {
        // Files are written in real time, whatever the clock of the host says.
        using var timer = new PeriodicTimer(rest / 2);
        try
        {
            while (await timer.WaitForNextTickAsync(stopped.Token).ConfigureAwait(false))
            {
                await LookAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
        catch (StoreFailedException)
        {
            // The writer has reported it and the host stops.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            var there = FolderFiles.In(Folder).ToList();
            foreach (var file in there.Where(HasComeToRest))
            {
                await AnnounceAsync(file).ConfigureAwait(false);
            }

            await ForgetAsync(there.Select(file => file.Path).Append(Seen).ToHashSet(StringComparer.Ordinal)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(exception, Folder);
        }
    }

    private bool HasComeToRest(FolderFile file)
    {
        if (known.GetValueOrDefault(file.Path) == file.Version)
        {
            return false;
        }

        var now = Environment.TickCount64;
        if (!moving.TryGetValue(file.Path, out var seen) || seen.Version != file.Version)
        {
            moving[file.Path] = (file.Version, now);
            return false;
        }

        return now - seen.Since >= rest.TotalMilliseconds && file.IsFree();
    }

    private async Task AnnounceAsync(FolderFile file)
    {
        var write = new ArrivalWrite(Folder, file.Path, file.Version, Queue, ArrivalMessage.Of(Folder, file, clock.GetUtcNow()), clock.GetUtcNow());
        await engine.WriteAsync(write).ConfigureAwait(false);
        known[file.Path] = file.Version;
        moving.Remove(file.Path);
        post(Queue, write.Message);
        LogArrived(file.Path, Folder);
    }

    private async Task ForgetAsync(HashSet<string> there)
    {
        var gone = known.Keys.Where(path => !there.Contains(path)).ToList();
        if (gone.Count > 0)
        {
            await engine.WriteAsync(new KnownFilesWrite(Folder, [], gone)).ConfigureAwait(false);
            gone.ForEach(path => known.Remove(path));
        }

        foreach (var path in moving.Keys.Where(path => !there.Contains(path)).ToList())
        {
            moving.Remove(path);
        }
    }

    [LoggerMessage(505, LogLevel.Information, "{File} has arrived in {Folder}.")]
    private partial void LogArrived(string file, string folder);

    [LoggerMessage(506, LogLevel.Warning, "{Folder} cannot be looked through; it is tried again.")]
    private partial void LogUnreadable(Exception exception, string folder);
}
