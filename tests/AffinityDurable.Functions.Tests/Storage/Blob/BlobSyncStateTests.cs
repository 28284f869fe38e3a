using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Tests.Runs.Contracts;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Sources.Tests.Files.Azure;
using Azure.Storage.Blobs;

namespace AffinityDurable.Functions.Tests.Storage.Blob;

/// <summary>The state store on Azure Blob Storage keeps what every state store promises.</summary>
public sealed class BlobSyncStateTests : SyncStateContract, IClassFixture<AzuriteServer>
{
    private readonly BlobContainerClient container;

    public BlobSyncStateTests(AzuriteServer azurite)
    {
        container = BlobContainers.New(azurite);
        State = new BlobSyncState(container);
        Other = new BlobSyncState(container);
    }

    protected override ISyncState State { get; }

    protected override ISyncState Other { get; }

    [StoreFact]
    public async Task An_edit_by_hand_changes_the_etag()
    {
        var etag = await State.TryCreateAsync("a", new Counter(1), default);
        var blob = container.GetBlobClient("state/a.json");
        var content = (await blob.DownloadContentAsync()).Value.Content.ToString();
        await blob.UploadAsync(BinaryData.FromString(content.Replace("\"count\":1", "\"count\":2", StringComparison.Ordinal)), overwrite: true);

        Assert.Null(await State.TryReplaceAsync("a", new Counter(3), etag!, default));
        Assert.Equal(2, (await State.ReadAsync<Counter>("a", default))!.Value.Count);
    }

    [StoreTheory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"version\":\"1\"}")]
    [InlineData("{\"version\":\"1\",\"value\":{\"count\":")]
    public async Task A_damaged_document_is_an_error_that_names_it(string content)
    {
        await container.CreateAsync();
        await container.GetBlobClient("state/a.json").UploadAsync(BinaryData.FromString(content));

        var thrown = await Assert.ThrowsAsync<ProblemException>(() => State.ReadAsync<Counter>("a", default));

        Assert.Equal(HostErrors.StateUnreadable.Id, thrown.Problems[0].Code);
        Assert.Contains("'a'", thrown.Message, StringComparison.Ordinal);
    }
}
