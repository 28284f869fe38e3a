using System.Collections.Concurrent;
using System.Text;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AffinityDurable.Functions.Storage;

/// <summary>Definitions as <c>*.yaml</c> and <c>*.yml</c> blobs of one container. The ETag is the service's own.</summary>
/// <remarks>What has not changed since it was read last is not read again: looking for due runs every minute is one listing.</remarks>
public sealed class BlobDefinitions : IDefinitionStore
{
    /// <summary>A character may take four bytes. What is longer is refused by the parser, without the rest.</summary>
    private const int MostBytes = (4 * DefinitionParser.MaxLength) + 1;

    private readonly BlobContainer container;
    private readonly ConcurrentDictionary<string, DefinitionText> known = new(StringComparer.Ordinal);

    /// <param name="client">The container.</param>
    public BlobDefinitions(BlobContainerClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        container = new BlobContainer(client, isMadeWhenMissing: false);
    }

    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var definitions = await ReadAllAsync(cancellationToken);
        return [.. definitions.Select(definition => definition.Sync).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public async Task<DefinitionText> ReadAsync(string sync, CancellationToken cancellationToken) =>
        DefinitionSet.Pick(sync, await ReadAllAsync(cancellationToken), $"container {container.Name}");

    public async Task<IReadOnlyList<DefinitionText>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var definitions = new List<DefinitionText>();
        await foreach (var blob in container.ListAsync("", cancellationToken))
        {
            if (IsDefinition(blob.Name) && await ReadAsync(blob, cancellationToken) is { } definition)
            {
                definitions.Add(definition);
            }
        }

        return definitions;
    }

    private static bool IsDefinition(string name) =>
        Path.GetExtension(name) is ".yaml" or ".yml" && !name.Contains('/', StringComparison.Ordinal) && !name.StartsWith('.');

    /// <summary>The definition; null when it was removed after it was listed.</summary>
    private async Task<DefinitionText?> ReadAsync(BlobItem blob, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(blob.Name, out var before) && before.ETag == blob.Properties.ETag?.ToString())
        {
            return before;
        }

        var download = await container.AskAsync(() => DownloadAsync(blob.Name, cancellationToken), cancellationToken);
        return download is null ? null : known[blob.Name] = TextOf(blob.Name, download);
    }

    private async Task<BlobDownloadResult?> DownloadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var some = new BlobDownloadOptions { Range = new HttpRange(0, MostBytes) };
            return (await container.Client.GetBlobClient(name).DownloadContentAsync(some, cancellationToken)).Value;
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
        catch (RequestFailedException empty) when (empty.ErrorCode == BlobErrorCode.InvalidRange)
        {
            return (await container.Client.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value;
        }
    }

    private static DefinitionText TextOf(string name, BlobDownloadResult download)
    {
        using var reader = new StreamReader(download.Content.ToStream(), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = reader.ReadToEnd();
        return new DefinitionText(
            DefinitionParser.SyncOf(text) ?? Path.GetFileNameWithoutExtension(name), text, name, download.Details.ETag.ToString(), Directory.GetCurrentDirectory());
    }
}
