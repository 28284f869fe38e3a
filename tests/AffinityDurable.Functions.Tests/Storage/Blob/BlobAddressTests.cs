using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Storage.Blob;

/// <summary>What the settings may say of Blob containers.</summary>
public sealed class BlobAddressTests
{
    [Theory]
    [InlineData("https://acme.blob.core.windows.net/affinity-durable", "https://acme.blob.core.windows.net/affinity-durable")]
    [InlineData("https://acme.blob.core.windows.net/affinity-durable/", "https://acme.blob.core.windows.net/affinity-durable")]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1/runs", "http://127.0.0.1:10000/devstoreaccount1/runs")]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10000/devstoreaccount1/affinity-durable")]
    [InlineData("AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:10001/a;", "http://127.0.0.1:10001/a/affinity-durable")]
    public void An_account_goes_by_identity_and_an_emulator_by_its_address_or_connection_string(string given, string address)
    {
        Assert.Equal(address, StoreSettings.PlaceOfStores(Settings(given)));
        Assert.IsType<BlobRunStore>(StoreSettings.RunStore(Settings(given)));
        Assert.IsType<BlobSyncState>(StoreSettings.SyncState(Settings(given)));
    }

    [Theory]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=a2FuYXJpZQ==;EndpointSuffix=core.windows.net")]
    [InlineData("BlobEndpoint=https://acme.blob.core.windows.net;SharedAccessSignature=sv=kanarie")]
    [InlineData("https://acme.blob.core.windows.net/affinity-durable?sv=2024&sig=kanarie")]
    [InlineData("https://kanarie:kanarie@acme.blob.core.windows.net/affinity-durable")]
    [InlineData("https://acme.blob.core.windows.net/")]
    [InlineData("https://acme.blob.core.windows.net/affinity-durable/kanarie")]
    [InlineData("http://acme.blob.core.windows.net/kanarie")]
    [InlineData("http://127.0.0.1:10000/kanarie/container")]
    [InlineData("ftp://kanarie/affinity-durable")]
    [InlineData("kanarie")]
    public void Anything_else_is_refused_without_repeating_it(string given)
    {
        var refused = Assert.Throws<ProblemException>(() => StoreSettings.RunStore(Settings(given)));

        var problem = Assert.Single(refused.Problems);
        Assert.Equal("AFF782", problem.Code);
        Assert.Contains("Stores__BlobUri", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kanarie", problem.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("a2Fu", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Without_an_address_the_stores_are_folders(string? given) =>
        Assert.IsType<FileRunStore>(StoreSettings.RunStore(Settings(given)));

    [Fact]
    public void On_azure_stores_that_go_away_with_the_instance_are_refused_at_the_start()
    {
        var onAzure = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("WEBSITE_INSTANCE_ID", (string?)"0123")]).Build();

        var refused = Assert.Throws<ProblemException>(() => new ServiceCollection().AddAffinityDurable(onAzure));
        Assert.Equal("AFF785", Assert.Single(refused.Problems).Code);
        onAzure["Stores:BlobUri"] = "https://acme.blob.core.windows.net/affinity-durable";
        Assert.Contains("Definitions__BlobUri", Assert.Throws<ProblemException>(() => new ServiceCollection().AddAffinityDurable(onAzure)).Message, StringComparison.Ordinal);
        onAzure["Definitions:Directory"] = "/mounts/syncs";
        new ServiceCollection().AddAffinityDurable(onAzure);
    }

    private static IConfigurationRoot Settings(string? uri) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Stores:BlobUri", uri)]).Build();
}
