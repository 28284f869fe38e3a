using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Tests.Runs.Contracts;

/// <summary>What every <see cref="ISyncState"/> promises. An implementation's tests derive from it.</summary>
public abstract class SyncStateContract
{
    /// <summary>Two views of one store, as two processes have them.</summary>
    protected abstract ISyncState State { get; }

    protected abstract ISyncState Other { get; }

    [StoreFact]
    public async Task A_created_document_reads_back_with_its_etag()
    {
        var etag = await State.TryCreateAsync("leases/list-77", new Counter(1, "größe"), default);

        var read = await Other.ReadAsync<Counter>("leases/list-77", default);
        Assert.Equal(new Counter(1, "größe"), read!.Value);
        Assert.Equal(etag, read.ETag);
    }

    [StoreFact]
    public async Task There_is_nothing_where_nothing_was_created()
    {
        Assert.Null(await State.ReadAsync<Counter>("a", default));
        Assert.Null(await State.TryReplaceAsync("a", new Counter(1), "etag", default));
        Assert.False(await State.TryDeleteAsync("a", "etag", default));
        Assert.Empty(await State.ListAsync("", default).ToListAsync());
    }

    [StoreFact]
    public async Task Creating_what_exists_fails_and_changes_nothing()
    {
        await State.TryCreateAsync("a", new Counter(1), default);

        Assert.Null(await Other.TryCreateAsync("a", new Counter(2), default));
        Assert.Equal(1, (await State.ReadAsync<Counter>("a", default))!.Value.Count);
    }

    [StoreFact]
    public async Task Replacing_needs_the_latest_etag()
    {
        var first = await State.TryCreateAsync("a", new Counter(1), default);
        var second = await Other.TryReplaceAsync("a", new Counter(2), first!, default);

        Assert.NotNull(second);
        Assert.Null(await State.TryReplaceAsync("a", new Counter(3), first!, default));
        Assert.NotNull(await State.TryReplaceAsync("a", new Counter(3), second, default));
        Assert.Equal(3, (await Other.ReadAsync<Counter>("a", default))!.Value.Count);
    }

    [StoreFact]
    public async Task Content_that_comes_back_to_an_earlier_state_has_another_etag()
    {
        var first = await State.TryCreateAsync("a", new Counter(1), default);
        var second = await State.TryReplaceAsync("a", new Counter(2), first!, default);
        var third = await State.TryReplaceAsync("a", new Counter(1), second!, default);
        await State.TryDeleteAsync("a", third!, default);
        var fourth = await State.TryCreateAsync("a", new Counter(1), default);

        Assert.Equal(4, new[] { first, second, third, fourth }.Distinct(StringComparer.Ordinal).Count());
        Assert.Null(await State.TryReplaceAsync("a", new Counter(9), first!, default));
    }

    [StoreFact]
    public async Task Deleting_needs_the_latest_etag()
    {
        var first = await State.TryCreateAsync("a", new Counter(1), default);
        var second = await State.TryReplaceAsync("a", new Counter(2), first!, default);

        Assert.False(await State.TryDeleteAsync("a", first!, default));
        Assert.True(await Other.TryDeleteAsync("a", second!, default));
        Assert.Null(await State.ReadAsync<Counter>("a", default));
    }

    [StoreFact]
    public async Task Of_many_concurrent_creators_exactly_one_wins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() =>
            (i % 2 == 0 ? State : Other).TryCreateAsync("a", new Counter(i), default))));

        var winner = Assert.Single(outcomes, etag => etag is not null);
        Assert.Equal(winner, (await State.ReadAsync<Counter>("a", default))!.ETag);
    }

    [StoreFact]
    public async Task Of_many_concurrent_replacers_exactly_one_wins()
    {
        var etag = await State.TryCreateAsync("a", new Counter(0), default);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 32).Select(i => Task.Run(() =>
            (i % 2 == 0 ? State : Other).TryReplaceAsync("a", new Counter(i), etag!, default))));

        Assert.Single(outcomes, replaced => replaced is not null);
    }

    [StoreFact]
    public async Task No_increment_is_lost_when_everybody_retries()
    {
        await State.TryCreateAsync("a", new Counter(0), default);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var done = 0; done < 10;)
            {
                var state = i % 2 == 0 ? State : Other;
                var current = await state.ReadAsync<Counter>("a", default);
                var next = current!.Value with { Count = current.Value.Count + 1 };
                done += await state.TryReplaceAsync("a", next, current.ETag, default) is null ? 0 : 1;
            }
        })));

        Assert.Equal(80, (await State.ReadAsync<Counter>("a", default))!.Value.Count);
    }

    [StoreFact]
    public async Task Keys_are_listed_in_ordinal_order_and_by_prefix()
    {
        string[] keys = ["leases/list-9", "leases/list-10", "Leases", "leases", "holds/a.json", "holds/a.json/b", "größe/ü %", "last-good/x"];
        foreach (var key in keys)
        {
            Assert.NotNull(await State.TryCreateAsync(key, new Counter(1), default));
        }

        Assert.Equal(keys.Order(StringComparer.Ordinal), await Other.ListAsync("", default).ToListAsync());
        Assert.Equal(["leases/list-10", "leases/list-9"], await Other.ListAsync("leases/", default).ToListAsync());
    }

    [StoreTheory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    [InlineData("a\\..\\b")]
    [InlineData("a\0")]
    public async Task Keys_that_leave_the_store_are_refused(string key)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => State.ReadAsync<Counter>(key, default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => State.TryCreateAsync(key, new Counter(1), default));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => State.TryDeleteAsync(key, "etag", default));
    }

    protected sealed record Counter(int Count, string? Name = null);
}
