using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace AffinityDurable.Core.Runs;

/// <summary>Artefacts as files: <c>root/runs/{run id}/{name}</c>, compressed above <see cref="CompressAbove"/> bytes.</summary>
/// <remarks>
/// Safe for any number of threads and processes on a local disk. <c>zcat -f</c> shows an artefact in either form.
/// A write goes to a temporary file that is renamed: what a kill leaves behind in <c>root/.tmp</c> is never seen and removed a day later.
/// </remarks>
public sealed class FileRunStore : IRunStore
{
    /// <summary>Artefacts with more bytes than this are compressed.</summary>
    public const int CompressAbove = 4096;

    /// <summary>In every run's folder: when its first artefact was begun. Encoded names never start with a dot.</summary>
    private const string StartedMarker = ".started";

    private const int ReadBuffer = 128 * 1024;

    private readonly string runs;
    private readonly TemporaryFiles temporary;
    private readonly TimeProvider time;

    /// <param name="root">Folder of the store; made when first needed.</param>
    /// <param name="time">Clock that orders <see cref="RunsAsync"/>; the system's when null.</param>
    public FileRunStore(string root, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        runs = Path.Combine(Path.GetFullPath(root), "runs");
        temporary = new TemporaryFiles(Path.Combine(Path.GetFullPath(root), ".tmp"));
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>The file of an artefact, whether it is there or not.</summary>
    public string PathOf(string runId, string name) => ArtefactPath(runId, name);

    public async Task WriteAsync(string runId, string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        var path = ArtefactPath(runId, name);
        await temporary.WriteAsync(
            path,
            async file =>
            {
                await using var artefact = new CompressedAboveStream(file, CompressAbove);
                await write(artefact, cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                artefact.Complete();
            },
            () => PrepareFolder(runId, path));
    }

    public Task<Stream?> OpenReadAsync(string runId, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Open(ArtefactPath(runId, name)));
    }

    public Task<IArtefactAppender> AppendAsync(string runId, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = ArtefactPath(runId, name);
        PrepareFolder(runId, path);

        // Without a buffer of its own every write is in the operating system's hands when it returns.
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        return Task.FromResult<IArtefactAppender>(new FileArtefactAppender(file));
    }

    public async IAsyncEnumerable<string> ListAsync(string runId, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var folder = RunFolder(runId);
        foreach (var name in Artefacts(folder, FolderOf(prefix)).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return name;
            }
        }
    }

    public async IAsyncEnumerable<string> RunsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Directory.Exists(runs))
        {
            yield break;
        }

        var newestFirst = Directory.EnumerateDirectories(runs)
            .Select(folder => (Folder: folder, Id: StoreName.FromSegment(Path.GetFileName(folder)), Started: Started(folder)))
            .OrderByDescending(run => run.Started)
            .ThenByDescending(run => run.Id, StringComparer.Ordinal)
            .ToList();
        foreach (var run in newestFirst)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Artefacts(run.Folder).Any())
            {
                yield return run.Id;
            }
        }
    }

    private static Stream? Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ReadBuffer, FileOptions.SequentialScan);
            Span<byte> start = stackalloc byte[2];
            var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            file.Position = 0;
            return CompressedAboveStream.StartsLikeGzip(start[..read]) ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The part of a prefix that is a folder: a run has thousands of artefacts, and one batch has few journals.</summary>
    private static string FolderOf(string prefix) =>
        prefix.LastIndexOf('/') is > 0 and var end ? StoreName.ToPath(prefix[..end]) : "";

    private static IEnumerable<string> Artefacts(string folder, string within = "") => Directory.Exists(Path.Combine(folder, within))
        ? Directory.EnumerateFiles(Path.Combine(folder, within), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(file => !file.StartsWith('.'))
            .Select(StoreName.FromPath)
        : [];

    private static DateTimeOffset Started(string folder)
    {
        var marker = Path.Combine(folder, StartedMarker);
        return File.Exists(marker)
            && DateTimeOffset.TryParse(File.ReadAllText(marker), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var started)
                ? started
                : new DateTimeOffset(Directory.GetCreationTimeUtc(folder));
    }

    private void PrepareFolder(string runId, string path)
    {
        var folder = RunFolder(runId);
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        var marker = Path.Combine(folder, StartedMarker);
        if (!File.Exists(marker))
        {
            temporary.WriteNew(marker, time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        }
    }

    private string RunFolder(string runId)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);
        return Path.Combine(runs, StoreName.ToSegment(runId));
    }

    private string ArtefactPath(string runId, string name) => Path.Combine(RunFolder(runId), StoreName.ToPath(name));
}
