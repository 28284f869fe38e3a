using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Runs;

/// <summary>State documents as files: <c>root/state/{key}.json</c>, safe for all threads and processes of one machine.</summary>
/// <remarks>
/// A document is replaced by a rename, so readers need no lock. Writers take an exclusive lock file; the operating system frees it when its holder dies.
/// The ETag is the hash of the file, which holds a random version: content that comes back to an earlier state has another ETag, and an edit by hand is noticed.
/// </remarks>
public sealed class FileSyncState : ISyncState
{
    private const string Extension = ".json";

    private readonly string state;
    private readonly FileLocks locks;
    private readonly TemporaryFiles temporary;

    /// <param name="root">Folder of the store; made when first needed. On a local disk: network file systems may not lock.</param>
    public FileSyncState(string root)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        var folder = Path.GetFullPath(root);
        state = Path.Combine(folder, "state");
        locks = new FileLocks(Path.Combine(state, ".locks"));
        temporary = new TemporaryFiles(Path.Combine(state, ".tmp"));
    }

    public async Task<StateDocument<T>?> ReadAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = Read(DocumentPath(key));
        if (bytes is null)
        {
            return null;
        }

        try
        {
            var envelope = JsonSerializer.Deserialize<Envelope<T>>(bytes, RunJson.Options);
            return envelope?.Value is { } value ? new StateDocument<T>(value, ETagOf(bytes)) : throw Unreadable(key);
        }
        catch (JsonException)
        {
            throw Unreadable(key);
        }
    }

    public async Task<string?> TryCreateAsync<T>(string key, T value, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        var path = DocumentPath(key);
        using var held = await locks.TakeAsync(key, cancellationToken);
        return File.Exists(path) ? null : Write(path, value);
    }

    public async Task<string?> TryReplaceAsync<T>(string key, T value, string etag, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        var path = DocumentPath(key);
        using var held = await locks.TakeAsync(key, cancellationToken);
        return HasETag(path, etag) ? Write(path, value) : null;
    }

    public async Task<bool> TryDeleteAsync(string key, string etag, CancellationToken cancellationToken)
    {
        var path = DocumentPath(key);
        using var held = await locks.TakeAsync(key, cancellationToken);
        if (!HasETag(path, etag))
        {
            return false;
        }

        File.Delete(path);
        return true;
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        foreach (var key in Keys(FolderOf(prefix)).Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    private static byte[]? Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string ETagOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));

    private static bool HasETag(string path, string etag) => Read(path) is { } bytes && ETagOf(bytes) == etag;

    private static ProblemException Unreadable(string key) =>
        new(Problem.Of(HostErrors.StateUnreadable, $"State document '{key}' cannot be read."));

    private string Write<T>(string path, T value)
        where T : class
    {
        var version = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(version, value), RunJson.Options);
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        temporary.Write(path, bytes);
        return ETagOf(bytes);
    }

    /// <summary>The part of a prefix that is a folder: one kind of document is not looked for among all others.</summary>
    private static string FolderOf(string prefix) =>
        prefix.LastIndexOf('/') is > 0 and var end ? RelativePath(prefix[..end]) : "";

    /// <summary>A folder named 'a.json' would be in the way of document 'a'.</summary>
    private static string RelativePath(string key) => StoreName.ToPath(key).Replace(Extension, "%2ejson", StringComparison.Ordinal);

    private IEnumerable<string> Keys(string within) => Directory.Exists(Path.Combine(state, within))
        ? Directory.EnumerateFiles(Path.Combine(state, within), "*" + Extension, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(state, file))
            .Where(file => !file.StartsWith('.'))
            .Select(file => StoreName.FromPath(file[..^Extension.Length]))
        : [];

    private string DocumentPath(string key) => Path.Combine(state, RelativePath(key) + Extension);

    private sealed record Envelope<T>(string Version, T Value);
}
