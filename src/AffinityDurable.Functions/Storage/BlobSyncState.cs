using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AffinityDurable.Functions.Storage;

/// <summary>State documents as blobs: <c>state/{key}.json</c>, by the service's own ETags; safe for any number of processes.</summary>
/// <remarks>
/// Every write carries a version of its own. A write that is refused may be one whose first answer was lost and that was repeated:
/// it is looked at once more, and the version tells. A deletion cannot tell that way and counts as lost.
/// </remarks>
public sealed class BlobSyncState : ISyncState
{
    private const string Folder = "state/";
    private const string Extension = ".json";

    private readonly BlobContainer container;

    /// <param name="client">The container; made on first use if it is not there.</param>
    public BlobSyncState(BlobContainerClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        container = new BlobContainer(client, isMadeWhenMissing: true);
    }

    public async Task<StateDocument<T>?> ReadAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        var stored = await ReadEnvelopeAsync<T>(key, cancellationToken);
        return stored is { Envelope: { } envelope } ? new StateDocument<T>(envelope.Value ?? throw Unreadable(key), stored.ETag) : null;
    }

    public Task<string?> TryCreateAsync<T>(string key, T value, CancellationToken cancellationToken)
        where T : class =>
        TryWriteAsync(key, value, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);

    public Task<string?> TryReplaceAsync<T>(string key, T value, string etag, CancellationToken cancellationToken)
        where T : class =>
        TryWriteAsync(key, value, new BlobRequestConditions { IfMatch = new ETag(etag) }, cancellationToken);

    public Task<bool> TryDeleteAsync(string key, string etag, CancellationToken cancellationToken)
    {
        var blob = BlobOf(key);
        var unchanged = new BlobRequestConditions { IfMatch = new ETag(etag) };
        return container.AskAsync(
            async () =>
            {
                try
                {
                    await blob.DeleteAsync(conditions: unchanged, cancellationToken: cancellationToken);
                    return true;
                }
                catch (RequestFailedException refused) when (IsRefused(refused))
                {
                    return false;
                }
            },
            cancellationToken);
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        foreach (var key in await BlobNames.BelowAsync(container, Folder, prefix, cancellationToken, Extension))
        {
            yield return key;
        }
    }

    private static bool IsRefused(RequestFailedException exception) =>
        exception.Status is 409 or 412 || exception.ErrorCode == BlobErrorCode.BlobNotFound;

    private static ProblemException Unreadable(string key) =>
        new(Problem.Of(HostErrors.StateUnreadable, $"State document '{key}' cannot be read."));

    private async Task<string?> TryWriteAsync<T>(string key, T value, BlobRequestConditions conditions, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        var blob = BlobOf(key);
        var version = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var content = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(version, value), RunJson.Options));
        var written = await container.AskAsync(
            async () =>
            {
                try
                {
                    var answer = await blob.UploadAsync(content, new BlobUploadOptions { Conditions = conditions }, cancellationToken);
                    return answer.Value.ETag.ToString();
                }
                catch (RequestFailedException refused) when (IsRefused(refused))
                {
                    return null;
                }
            },
            cancellationToken);
        return written ?? await ETagOfAsync(key, version, cancellationToken);
    }

    /// <summary>The ETag of a document if this version of it is there.</summary>
    private async Task<string?> ETagOfAsync(string key, string version, CancellationToken cancellationToken) =>
        await ReadEnvelopeAsync<object>(key, cancellationToken) is { } stored && stored.Envelope.Version == version ? stored.ETag : null;

    private async Task<Stored<T>?> ReadEnvelopeAsync<T>(string key, CancellationToken cancellationToken)
        where T : class
    {
        var blob = BlobOf(key);
        var download = await container.AskAsync(
            async () =>
            {
                try
                {
                    return (await blob.DownloadContentAsync(cancellationToken)).Value;
                }
                catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
                {
                    return null;
                }
            },
            cancellationToken);
        return download is null ? null : new Stored<T>(Parse<T>(key, download.Content), download.Details.ETag.ToString());
    }

    private static Envelope<T> Parse<T>(string key, BinaryData content)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<Envelope<T>>(content, RunJson.Options) ?? throw Unreadable(key);
        }
        catch (JsonException)
        {
            throw Unreadable(key);
        }
    }

    // Where names are folders too, one named 'a.json' would be in the way of document 'a'.
    private BlobClient BlobOf(string key) =>
        container.Client.GetBlobClient(Folder + StoreName.ToKey(key).Replace(Extension, "%2ejson", StringComparison.Ordinal) + Extension);

    private sealed record Envelope<T>(string Version, T? Value)
        where T : class;

    private sealed record Stored<T>(Envelope<T> Envelope, string ETag)
        where T : class;
}
