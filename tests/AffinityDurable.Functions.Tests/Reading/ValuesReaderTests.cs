using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Core.Values;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.DependencyInjection;
using EntryValues = AffinityDurable.Core.Reading.EntryValues;
using ListEntry = AffinityDurable.Simulator.Model.ListEntry;

namespace AffinityDurable.Functions.Tests.Reading;

/// <summary>Reading values again takes as few calls as it can, and says of every wanted value what is known of it.</summary>
public sealed class ValuesReaderTests
{
    private const string Wanted = "again/wanted.jsonl";
    private const string Into = "again/values/";
    private const string Pages = "GET /v2/lists/{listId}/list-entries";
    private const string Entry = "GET /v2/lists/{listId}/list-entries/{listEntryId}";

    [Fact]
    public async Task Few_entries_of_a_long_list_are_read_one_by_one_with_all_their_fields_in_one_call()
    {
        await using var app = await StartAsync(companies: 301);
        var order = await OrderAsync(app, app.World.Entries.Take(3), app.World.Arr.Id, app.World.Notes.Id);

        var slice = await ReadAsync(app, order);

        Assert.Equal((3, 3, true), (slice.Calls, slice.Entries, slice.IsLast));
        Assert.Equal(3, app.Affinity.Counters.Calls(Entry));
        Assert.Equal([1m, 2m, 3m], (await ValuesAsync(app, order, app.World.Arr.Id)).Select(value => (value.Value as NumberValue)?.Number));
        Assert.All(await ValuesAsync(app, order, app.World.Notes.Id), value => Assert.Equal(LiveValue.Known(null), value));
    }

    [Fact]
    public async Task Many_entries_are_read_by_page_and_no_further_than_the_last_one()
    {
        await using var app = await StartAsync(companies: 301);
        var order = await OrderAsync(app, app.World.Entries.Skip(50).Take(100), app.World.Arr.Id);

        var slice = await ReadAsync(app, order);

        Assert.Equal((2, 100, true), (slice.Calls, slice.Entries, slice.IsLast));
        Assert.Equal(2, app.Affinity.Counters.Calls(Pages));
        Assert.Equal(Enumerable.Range(51, 100).Select(n => (decimal?)n), (await ValuesAsync(app, order, app.World.Arr.Id)).Select(value => (value.Value as NumberValue)?.Number));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(250)]
    public async Task Of_an_entry_that_is_gone_nothing_is_known(int others)
    {
        await using var app = await StartAsync(companies: 251);
        var order = await OrderAsync(app, app.World.Entries.Take(others + 1), app.World.Arr.Id);
        Assert.True(app.World.List.Remove(app.World.Entries[0]));

        var slice = await ReadAsync(app, order);

        Assert.True(slice.IsLast);
        Assert.Equal(others + 1, slice.Entries);
        var gone = Assert.Single(await ValuesAsync(app, order, app.World.Arr.Id), value => value.State != LiveState.Known);
        Assert.Equal(LiveValue.NotRequested, gone);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(150)]
    public async Task A_set_that_is_cut_off_is_read_in_full(int wanted)
    {
        await using var app = await StartAsync(companies: 151);
        var options = Enumerable.Range(1, 130).Select(n => $"Tag {n}").ToArray();
        var tags = app.World.List.DropdownMulti("Tags", options);
        app.World.Entries[0].Set(tags, options);
        app.Define(fields: "  ARR: arr\n  Tags: tags");
        var order = await OrderAsync(app, app.World.Entries.Take(wanted), tags.Id);

        Assert.True((await ReadAsync(app, order)).IsLast);

        var set = Assert.Single(await ValuesAsync(app, order, tags.Id), value => value.Value is not null);
        Assert.Equal(130, Assert.IsType<SetValue>(set.Value).Items.Length);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(900)]
    public async Task What_a_limit_cuts_short_goes_on_where_it_was(int wanted)
    {
        await using var app = await StartAsync(companies: 1000, callsPerMinute: 8);
        var order = await OrderAsync(app, app.World.Entries.Take(wanted), app.World.Arr.Id);

        var slices = new List<ValuesSlice>();
        do
        {
            slices.Add(await ReadAsync(app, order with { Slice = slices.Count, From = slices.LastOrDefault()?.Next }));
            app.Clock.SetUtcNow(slices[^1].Wait?.Until ?? app.Clock.GetUtcNow());
        }
        while (!slices[^1].IsLast && slices.Count < 10);

        Assert.True(slices[^1].IsLast);
        Assert.All(slices.SkipLast(1), slice => Assert.Equal(WaitReason.MinuteLimit, slice.Wait?.Reason));
        Assert.NotEmpty(slices.SkipLast(1));
        Assert.Equal(wanted, slices.Sum(slice => slice.Entries));
        Assert.Equal(9, slices.Sum(slice => slice.Calls));
        Assert.Equal(0, app.Affinity.Counters.Answered(429));
    }

    [Fact]
    public async Task A_slice_that_is_read_again_replaces_what_it_stored()
    {
        await using var app = await StartAsync(companies: 3);
        var order = await OrderAsync(app, app.World.Entries, app.World.Arr.Id);
        await ReadAsync(app, order);
        app.World.Entries[1].Set(app.World.Arr, 99d);

        var slice = await ReadAsync(app, order);

        Assert.Equal((3, true), (slice.Entries, slice.IsLast));
        Assert.Equal([1m, 99m, 3m], (await ValuesAsync(app, order, app.World.Arr.Id)).Select(value => (value.Value as NumberValue)?.Number));
    }

    [Fact]
    public async Task An_entry_that_never_answers_does_not_hold_up_the_others_and_is_left_open()
    {
        await using var app = await StartAsync(companies: 301);
        var order = await OrderAsync(app, app.World.Entries.Take(3), app.World.Arr.Id);
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = $"/list-entries/{app.World.Entries[0].Id}", Status = 500, Times = null });

        var slice = await ReadAsync(app, order);

        Assert.Equal((2, WaitReason.Outage, false), (slice.Entries, slice.Wait?.Reason, slice.IsLast));
    }

    [Fact]
    public async Task An_outage_stops_after_a_few_calls()
    {
        await using var app = await StartAsync(companies: 301);
        var order = await OrderAsync(app, app.World.Entries.Take(3), app.World.Arr.Id);
        app.Affinity.Faults.Add(new Fault { Status = 503, Times = null });

        var slice = await ReadAsync(app, order);

        Assert.Equal((0, WaitReason.Outage, null), (slice.Entries, slice.Wait?.Reason, slice.Failure));
    }

    [Fact]
    public async Task A_key_that_is_not_accepted_is_a_failure()
    {
        await using var app = await StartAsync(companies: 301);
        var order = await OrderAsync(app, app.World.Entries.Take(3), app.World.Arr.Id);
        app.World.Tenant.RevokeApiKey(AffinityDurable.Simulator.Model.Tenant.DefaultApiKey);

        var slice = await ReadAsync(app, order);

        Assert.Equal(("AFF502", null), (slice.Failure?.Code, slice.Wait));
    }

    private static async Task<TestApp> StartAsync(int companies, int callsPerMinute = 100_000)
    {
        var app = await TestApp.StartAsync(companies, settings => settings.Options = settings.Options with { CallsPerMinute = callsPerMinute });
        app.Define("minuteShare: 100");
        foreach (var (index, entry) in app.World.Entries.Index())
        {
            entry.Set(app.World.Arr, index + 1);
        }

        return app;
    }

    /// <summary>An order as a run would give it, whose plan froze the definition.</summary>
    private static async Task<ValuesOrder> OrderAsync(TestApp app, IEnumerable<ListEntry> entries, params string[] fieldIds)
    {
        app.ExportAll(n => n);
        var plan = await app.RunAsync(RunMode.Plan);
        var sync = await app.Store.RequireJsonAsync<ResolvedSync>(plan.RunId, Artefacts.ResolvedSync, CancellationToken.None);
        await app.Store.WriteLinesAsync(plan.RunId, Wanted, entries.Select(entry => new WantedValues(entry.Id, fieldIds)), CancellationToken.None);
        app.Affinity.Counters.Reset();
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        return new ValuesOrder(plan.RunId, sync, Wanted, Into, app.World.Entries.Count, Slice: 0, From: null);
    }

    private static Task<ValuesSlice> ReadAsync(TestApp app, ValuesOrder order) =>
        app.Services.GetRequiredService<ValuesReader>().ReadAsync(order, CancellationToken.None);

    /// <summary>What was read of a field, in the order of the list.</summary>
    private static async Task<IReadOnlyList<LiveValue>> ValuesAsync(TestApp app, ValuesOrder order, string fieldId)
    {
        var values = new SortedDictionary<long, LiveValue>();
        await foreach (var name in app.Store.ListAsync(order.RunId, Into, CancellationToken.None))
        {
            await foreach (var entry in app.Store.ReadLinesAsync<EntryValues>(order.RunId, name))
            {
                values.Add(entry.EntryId, entry.Values[fieldId]);
            }
        }

        return [.. values.Values];
    }
}
