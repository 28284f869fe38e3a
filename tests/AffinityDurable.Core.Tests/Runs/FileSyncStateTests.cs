using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Tests.Runs.Contracts;

namespace AffinityDurable.Core.Tests.Runs;

public sealed class FileSyncStateTests : SyncStateContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FileSyncStateTests()
    {
        State = new FileSyncState(folder.Path);
        Other = new FileSyncState(folder.Path);
    }

    protected override ISyncState State { get; }

    protected override ISyncState Other { get; }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_edit_by_hand_changes_the_etag()
    {
        var etag = await State.TryCreateAsync("a", new Counter(1), default);
        var file = folder["state/a.json"];
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"count\":1", "\"count\":2", StringComparison.Ordinal));

        Assert.Null(await State.TryReplaceAsync("a", new Counter(3), etag!, default));
        Assert.Equal(2, (await State.ReadAsync<Counter>("a", default))!.Value.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"version\":\"1\"}")]
    [InlineData("{\"version\":\"1\",\"value\":{\"count\":")]
    public async Task A_damaged_document_is_an_error_that_names_it(string content)
    {
        Directory.CreateDirectory(folder["state"]);
        await File.WriteAllTextAsync(folder["state/a.json"], content);

        var thrown = await Assert.ThrowsAsync<ProblemException>(() => State.ReadAsync<Counter>("a", default));

        Assert.Equal(HostErrors.StateUnreadable.Id, thrown.Problems[0].Code);
        Assert.Contains("'a'", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Temporary_and_lock_files_are_no_documents()
    {
        await State.TryCreateAsync("a", new Counter(1), default);
        await File.WriteAllTextAsync(folder["state/.tmp/killed.json"], "half");

        Assert.Equal(["a"], await State.ListAsync("", default).ToListAsync());
    }

    [Fact]
    public async Task A_writer_waits_for_the_lock_of_another_process()
    {
        await State.TryCreateAsync("a", new Counter(1), default);
        var locks = Directory.GetFiles(folder["state/.locks"]);
        Task<string?> writing;
        using (new FileStream(Assert.Single(locks), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            writing = State.TryCreateAsync("a", new Counter(2), default);
            Assert.Equal(1, (await State.ReadAsync<Counter>("a", default))!.Value.Count);
            Assert.False(writing.IsCompleted);
        }

        Assert.Null(await writing);
    }

    [Fact]
    public async Task Waiting_for_a_lock_can_be_cancelled_and_leaves_the_store_usable()
    {
        var etag = await State.TryCreateAsync("a", new Counter(1), default);
        using (new FileStream(Directory.GetFiles(folder["state/.locks"]).Single(), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            using var cancellation = new CancellationTokenSource();
            var writing = State.TryReplaceAsync("a", new Counter(2), etag!, cancellation.Token);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        }

        Assert.NotNull(await State.TryReplaceAsync("a", new Counter(2), etag!, default));
    }
}
