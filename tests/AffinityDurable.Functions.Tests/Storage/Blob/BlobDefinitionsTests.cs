using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Sources.Tests.Files.Azure;
using AffinityDurable.Sources.Tests.Services;
using Azure.Storage.Blobs;

namespace AffinityDurable.Functions.Tests.Storage.Blob;

/// <summary>Definitions in a Blob container.</summary>
public sealed class BlobDefinitionsTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    private readonly BlobContainerClient container = BlobContainers.New(azurite);

    [ServiceFact(Service.Azurite)]
    public async Task They_are_found_by_their_sync_whatever_their_blob_is_called()
    {
        await PutAsync("b.yaml", "sync: portfolio\nlist: 77\n");
        await PutAsync("a.yml", "sync: funds\n");
        await PutAsync("folder/c.yaml", "sync: deeper\n");
        await PutAsync(".hidden.yaml", "sync: hidden\n");
        await PutAsync("readme.md", "sync: readme\n");
        var definitions = new BlobDefinitions(container);

        var read = await definitions.ReadAsync("portfolio", default);

        Assert.Equal(["funds", "portfolio"], await definitions.ListAsync(default));
        Assert.Equal(("portfolio", "sync: portfolio\nlist: 77\n", "b.yaml"), (read.Sync, read.Text, read.FileName));
    }

    [ServiceFact(Service.Azurite)]
    public async Task The_etag_changes_with_the_blob_and_the_text_with_it()
    {
        await PutAsync("a.yaml", "sync: a\nlist: 1\n");
        var definitions = new BlobDefinitions(container);
        var before = await definitions.ReadAsync("a", default);
        var same = await definitions.ReadAsync("a", default);
        await PutAsync("a.yaml", "sync: a\nlist: 2\n");

        var after = await definitions.ReadAsync("a", default);

        Assert.Equal(before, same);
        Assert.NotEqual(before.ETag, after.ETag);
        Assert.Equal((await container.GetBlobClient("a.yaml").GetPropertiesAsync()).Value.ETag.ToString(), after.ETag);
        Assert.Equal("sync: a\nlist: 2\n", after.Text);
    }

    [ServiceFact(Service.Azurite)]
    public async Task An_unknown_sync_and_an_empty_blob_are_no_surprise()
    {
        await PutAsync("empty.yaml", "");
        var definitions = new BlobDefinitions(container);

        var unknown = await Assert.ThrowsAsync<ProblemException>(() => definitions.ReadAsync("nothing", default));

        Assert.Equal("AFF120", Assert.Single(unknown.Problems).Code);
        Assert.Contains(container.Name, unknown.Message, StringComparison.Ordinal);
        Assert.Equal(["empty"], await definitions.ListAsync(default));
    }

    [ServiceFact(Service.Azurite)]
    public async Task A_container_that_is_not_there_is_an_error_and_is_not_made()
    {
        var missing = await Assert.ThrowsAsync<ProblemException>(() => new BlobDefinitions(container).ListAsync(default));

        Assert.Equal("AFF781", Assert.Single(missing.Problems).Code);
        Assert.False(await container.ExistsAsync());
    }

    private async Task PutAsync(string name, string text)
    {
        await container.CreateIfNotExistsAsync();
        await container.GetBlobClient(name).UploadAsync(BinaryData.FromString(text), overwrite: true);
    }
}
