using System.Text;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AffinityDurable.Functions.Storage;

/// <summary>Brings the files of a folder into a container. A file that somebody else changes meanwhile is not overwritten.</summary>
public sealed class DefinitionPublisher
{
    private readonly BlobContainer container;

    /// <param name="client">The container; made when it is not there.</param>
    public DefinitionPublisher(BlobContainerClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        container = new BlobContainer(client, isMadeWhenMissing: true);
    }

    /// <summary>The container, as messages name it.</summary>
    public string Place => container.Name;

    /// <summary>How files differ from those of the container, by name.</summary>
    public async Task<IReadOnlyList<PublishedFile>> CompareAsync(IReadOnlyList<DefinitionFile> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        var there = (await new BlobDefinitions(container).ReadFilesAsync(cancellationToken)).ToDictionary(file => file.Name, StringComparer.Ordinal);
        var ours = files.Select(file => there.Remove(file.Name, out var published)
            ? new PublishedFile(file.Name, published.Text == file.Text ? Publication.Unchanged : Publication.Changed, file.Text, published.ETag)
            : new PublishedFile(file.Name, Publication.Added, file.Text));
        return
        [
            .. ours.ToList()
                .Concat(there.Values.Select(file => new PublishedFile(file.Name, Publication.OnlyThere, "", file.ETag)))
                .OrderBy(file => file.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Makes the container like the folder, if it still is as it was compared. Overlays go first: they are what a definition must not run without.</summary>
    /// <param name="files">What <see cref="CompareAsync"/> gave.</param>
    /// <param name="prune">Whether files that only the container has are removed.</param>
    /// <param name="cancellationToken">Ends it between two files.</param>
    /// <exception cref="ProblemException">A file was changed meanwhile (AFF783); those before it have been published.</exception>
    public async Task PublishAsync(IReadOnlyList<PublishedFile> files, bool prune, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files.OrderByDescending(file => file.Name.StartsWith(DefinitionFile.Overlays, StringComparison.Ordinal)))
        {
            await container.AskAsync(() => PublishAsync(file, prune, cancellationToken), cancellationToken);
        }
    }

    private async Task<bool> PublishAsync(PublishedFile file, bool prune, CancellationToken cancellationToken)
    {
        var blob = container.Client.GetBlobClient(file.Name);
        try
        {
            switch (file.Publication)
            {
                case Publication.Added:
                    await UploadAsync(blob, file, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);
                    break;
                case Publication.Changed:
                    await UploadAsync(blob, file, new BlobRequestConditions { IfMatch = new ETag(file.ETag!) }, cancellationToken);
                    break;
                case Publication.OnlyThere when prune:
                    await blob.DeleteAsync(conditions: new BlobRequestConditions { IfMatch = new ETag(file.ETag!) }, cancellationToken: cancellationToken);
                    break;
            }

            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 409 or 412 || changed.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            throw new ProblemException(Problem.Of(StorageErrors.PublishConflict, $"'{file.Name}' in {container.Name} was changed by somebody else meanwhile."));
        }
    }

    private static async Task UploadAsync(BlobClient blob, PublishedFile file, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions { Conditions = conditions, HttpHeaders = new BlobHttpHeaders { ContentType = "application/yaml; charset=utf-8" } };
        await blob.UploadAsync(BinaryData.FromBytes(Encoding.UTF8.GetBytes(file.Text)), options, cancellationToken);
    }
}

/// <summary>A file and what publishing does with it.</summary>
/// <param name="Name">With <c>/</c>.</param>
/// <param name="Publication">How it differs.</param>
/// <param name="Text">As the folder has it; empty when it has not.</param>
/// <param name="ETag">Of the container's; null when it has none.</param>
public sealed record PublishedFile(string Name, Publication Publication, string Text, string? ETag = null);

/// <summary>How a file of a folder differs from that of a container.</summary>
public enum Publication
{
    Unchanged,
    Added,
    Changed,

    /// <summary>Only the container has it; it is removed on request.</summary>
    OnlyThere,
}
