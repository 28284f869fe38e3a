using System.Collections.Concurrent;
using System.Text;
using AffinityDurable.Core.Definitions;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AffinityDurable.Functions.Storage;

/// <summary>Definitions as <c>*.yaml</c> and <c>*.yml</c> blobs of one container. The ETag is the service's own.</summary>
/// <remarks>What has not changed since it was read last is not read again: looking for due runs every minute is one listing.</remarks>
public sealed class BlobDefinitions : DefinitionStore
{
    /// <summary>A character may take four bytes. What is longer is refused by the parser, without the rest.</summary>
    private const int MostBytes = (4 * DefinitionParser.MaxLength) + 1;

    private readonly BlobContainer container;
    private readonly ConcurrentDictionary<string, DefinitionFile> known = new(StringComparer.Ordinal);

    /// <param name="client">The container.</param>
    /// <param name="environment">The environment whose overlay holds; null for none.</param>
    public BlobDefinitions(BlobContainerClient client, string? environment = null)
        : this(new BlobContainer(client, isMadeWhenMissing: false), environment)
    {
    }

    internal BlobDefinitions(BlobContainer container, string? environment = null)
        : base($"container {container.Name}", Directory.GetCurrentDirectory(), environment) =>
        this.container = container;

    public override async Task<IReadOnlyList<DefinitionFile>> ReadFilesAsync(CancellationToken cancellationToken)
    {
        var files = new List<DefinitionFile>();
        await foreach (var blob in container.ListAsync("", cancellationToken))
        {
            if (DefinitionFile.IsOne(blob.Name) && await ReadAsync(blob, cancellationToken) is { } file)
            {
                files.Add(file);
            }
        }

        return files;
    }

    /// <summary>The file; null when it was removed after it was listed.</summary>
    private async Task<DefinitionFile?> ReadAsync(BlobItem blob, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(blob.Name, out var before) && before.ETag == blob.Properties.ETag?.ToString())
        {
            return before;
        }

        var download = await container.AskAsync(() => DownloadAsync(blob.Name, cancellationToken), cancellationToken);
        return download is null ? null : known[blob.Name] = new DefinitionFile(blob.Name, TextOf(download.Content), download.Details.ETag.ToString());
    }

    private async Task<BlobDownloadResult?> DownloadAsync(string name, CancellationToken cancellationToken)
    {
        var blob = container.Client.GetBlobClient(name);
        try
        {
            var some = new BlobDownloadOptions { Range = new HttpRange(0, MostBytes) };
            return (await blob.DownloadContentAsync(some, cancellationToken)).Value;
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
        catch (RequestFailedException empty) when (empty.ErrorCode == BlobErrorCode.InvalidRange)
        {
            return (await blob.DownloadContentAsync(cancellationToken)).Value;
        }
    }

    private static string TextOf(BinaryData content)
    {
        using var reader = new StreamReader(content.ToStream(), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}
