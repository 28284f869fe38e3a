using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Sources.Tests.Files.Azure;
using AffinityDurable.Sources.Tests.Services;
using Azure.Storage.Blobs;

namespace AffinityDurable.Functions.Tests.Storage.Blob;

/// <summary>Definitions are published under the conditions of their ETags.</summary>
public sealed class PublishTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    private readonly BlobContainerClient container = BlobContainers.New(azurite);

    [ServiceFact(Service.Azurite)]
    public async Task Files_are_added_changed_left_and_on_request_removed()
    {
        var publisher = new DefinitionPublisher(container);
        Assert.Equal(["a.yaml Added", "b.yaml Added", "overlays/prod.yaml Added"], await PublishAsync(publisher, false, ("a.yaml", "1"), ("b.yaml", "1"), ("overlays/prod.yaml", "1")));
        var etag = await ETagAsync("b.yaml");

        Assert.Equal(
            ["a.yaml Changed", "b.yaml Unchanged", "c.yaml Added", "overlays/prod.yaml OnlyThere"],
            await PublishAsync(publisher, false, ("a.yaml", "2"), ("b.yaml", "1"), ("c.yaml", "é")));
        Assert.Equal(etag, await ETagAsync("b.yaml"));
        Assert.Equal(["a.yaml: 2", "b.yaml: 1", "c.yaml: é", "overlays/prod.yaml: 1"], await StoredAsync());

        await PublishAsync(publisher, true, ("a.yaml", "2"), ("b.yaml", "1"), ("c.yaml", "é"));
        Assert.Equal(["a.yaml: 2", "b.yaml: 1", "c.yaml: é"], await StoredAsync());
    }

    [ServiceTheory(Service.Azurite)]
    [InlineData("a.yaml")]
    [InlineData("new.yaml")]
    [InlineData("old.yaml")]
    public async Task What_somebody_else_changed_after_the_comparison_is_not_overwritten(string touched)
    {
        var publisher = new DefinitionPublisher(container);
        await PublishAsync(publisher, false, ("a.yaml", "1"), ("old.yaml", "1"));
        var compared = await publisher.CompareAsync(Files(("a.yaml", "2"), ("new.yaml", "1")), default);
        await container.GetBlobClient(touched).UploadAsync(BinaryData.FromString("other"), overwrite: true);

        var conflict = await Assert.ThrowsAsync<ProblemException>(() => publisher.PublishAsync(compared, prune: true, default));

        Assert.Equal("AFF783", Assert.Single(conflict.Problems).Code);
        Assert.Contains($"'{touched}'", conflict.Message, StringComparison.Ordinal);
        Assert.Contains($"{touched}: other", await StoredAsync());
    }

    private static List<DefinitionFile> Files(params (string Name, string Text)[] files) =>
        [.. files.Select(file => new DefinitionFile(file.Name, file.Text, DefinitionFile.ETagOf(file.Text)))];

    private static async Task<IEnumerable<string>> PublishAsync(DefinitionPublisher publisher, bool prune, params (string Name, string Text)[] files)
    {
        var compared = await publisher.CompareAsync(Files(files), default);
        await publisher.PublishAsync(compared, prune, default);
        return compared.Select(file => $"{file.Name} {file.Publication}");
    }

    private async Task<string> ETagAsync(string name) => (await container.GetBlobClient(name).GetPropertiesAsync()).Value.ETag.ToString();

    private async Task<IEnumerable<string>> StoredAsync() =>
        (await new BlobDefinitions(container).ReadFilesAsync(default)).Select(file => $"{file.Name}: {file.Text}");
}
