using System.Security.Cryptography;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Tests.Runs.Contracts;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Sources.Tests.Files.Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace AffinityDurable.Functions.Tests.Storage.Blob;

/// <summary>The run store on Azure Blob Storage keeps what every run store promises, and a little more.</summary>
public sealed class BlobRunStoreTests : RunStoreContract, IClassFixture<AzuriteServer>
{
    private const string Run = "portfolio-metrics@20261123T0200Z";
    private const int Large = 9 * 1024 * 1024;

    private readonly BlobContainerClient container;

    public BlobRunStoreTests(AzuriteServer azurite)
    {
        container = BlobContainers.New(azurite);
        Store = new BlobRunStore(container, Time);
    }

    protected override IRunStore Store { get; }

    [StoreFact]
    public async Task A_run_is_a_folder_that_a_person_can_find()
    {
        await WriteAsync(Run, "batches/0001.jsonl", "{}\n"u8.ToArray());

        var blob = await container.GetBlobClient($"runs/{Run}/batches/0001.jsonl").DownloadContentAsync();
        Assert.Equal("{}\n", blob.Value.Content.ToString());
    }

    [StoreFact]
    public async Task Only_artefacts_above_the_threshold_are_compressed_and_say_so()
    {
        await WriteAsync(Run, "small", new byte[FileRunStore.CompressAbove]);
        await WriteAsync(Run, "large", new byte[FileRunStore.CompressAbove + 1]);

        var small = await container.GetBlobClient($"runs/{Run}/small").GetPropertiesAsync();
        var large = await container.GetBlobClient($"runs/{Run}/large").GetPropertiesAsync();
        Assert.Equal((FileRunStore.CompressAbove, null), (small.Value.ContentLength, small.Value.ContentEncoding));
        Assert.InRange(large.Value.ContentLength, 10, 500);
        Assert.Equal("gzip", large.Value.ContentEncoding);
    }

    [StoreFact]
    public async Task An_artefact_of_several_blocks_reads_back_and_leaves_nothing_when_it_fails()
    {
        var content = RandomNumberGenerator.GetBytes(Large);
        await WriteAsync(Run, "plan", content);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.WriteAsync(
            Run,
            "plan",
            async (stream, token) =>
            {
                await stream.WriteAsync(RandomNumberGenerator.GetBytes(Large), token);
                throw new InvalidOperationException("the source broke");
            },
            default));

        Assert.Equal(content, await ReadAsync(Run, "plan"));
    }

    [StoreFact]
    public async Task Of_two_writers_of_large_artefacts_one_remains_whole_and_neither_fails()
    {
        var contents = Enumerable.Range(0, 2).Select(_ => RandomNumberGenerator.GetBytes(Large)).ToList();
        var bothHaveSent = new Barrier(2);

        await Task.WhenAll(contents.Select(content => Task.Run(() => Store.WriteAsync(
            Run,
            "plan",
            async (stream, token) =>
            {
                await stream.WriteAsync(content, token);
                bothHaveSent.SignalAndWait(TimeSpan.FromSeconds(30), token);
            },
            default))));

        var stored = await ReadAsync(Run, "plan");
        Assert.Single(contents, content => content.AsSpan().SequenceEqual(stored));
    }

    [StoreFact]
    public async Task Lines_larger_than_a_block_are_appended_whole()
    {
        var content = RandomNumberGenerator.GetBytes(Large);
        await using (var journal = await Store.AppendAsync(Run, "journal/1", default))
        {
            await journal.AppendAsync(content, default);
        }

        Assert.Equal(content, await ReadAsync(Run, "journal/1"));
    }

    [StoreFact]
    public async Task A_segment_that_grew_by_another_hand_is_an_error_and_not_a_mixture()
    {
        await using var journal = await Store.AppendAsync(Run, "journal/1", default);
        await journal.AppendAsync("one\n"u8.ToArray(), default);
        await container.GetAppendBlobClient($"runs/{Run}/journal/1").AppendBlockAsync(new MemoryStream("other\n"u8.ToArray()));

        await Assert.ThrowsAsync<BlobStoreException>(() => journal.AppendAsync("two\n"u8.ToArray(), default));

        Assert.Equal("one\nother\n"u8.ToArray(), await ReadAsync(Run, "journal/1"));
    }

    [StoreFact]
    public async Task A_run_that_another_process_goes_on_with_keeps_its_place_in_the_list()
    {
        await WriteAsync("first@1", "plan", [1]);
        Time.Advance(TimeSpan.FromMinutes(1));
        await WriteAsync("second@1", "plan", [1]);
        Time.Advance(TimeSpan.FromMinutes(1));
        var other = new BlobRunStore(container, Time);

        await other.WriteJsonAsync("first@1", "report.json", new Row(1, 1, "x"), default);

        Assert.Equal(["second@1", "first@1"], await Store.RunsAsync(default).ToListAsync());
    }
}
