using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Changes;

public sealed class TrackingTests
{
    [Fact]
    [Proves("CHG-11")]
    public async Task Enriched_and_relationship_fields_are_never_tracked()
    {
        var account = new Account();
        var traits = new FieldTraits { TracksChanges = true };
        var source = account.Tenant.AddCompanyField(
            "Source", FieldValueType.Person, FieldType.RelationshipIntelligence, "source-of-introduction", traits);
        await using var sim = await Sim.StartAsync(account: account);
        await sim.PatchAsync(account.Employees.To("7"), source.To("""{"id":21}"""));
        Assert.Equal((7.0, 21L), (account.Entry.Get(account.Employees), account.Entry.Get(source)));
        Assert.Empty(await sim.FeedAsync());
    }

    [Fact]
    [Proves("CHG-12")]
    public async Task Whether_multi_values_are_tracked_is_a_switch()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Behavior.TracksMultiValues = false;
        string[] updates = [sim.Account.Tags.To("""[{"dropdownOptionId":3005}]"""), sim.Account.Note.To("\"n\""), sim.Account.Keyword.To("\"k\"")];
        await sim.PatchAsync(updates);
        Assert.Equal(["add \"n\"", "add \"k\""], (await sim.FeedAsync()).Told());
        sim.Server.Behavior.TracksMultiValues = true;
        await sim.PatchAsync(sim.Account.Tags.To("null"));
        Assert.Equal("delete", (string)(await sim.FeedAsync())[2]!["actionType"]!);
    }

    [Fact]
    public async Task A_field_may_be_tracked_or_not_by_itself_and_keeps_that_in_a_seed()
    {
        var account = new Account();
        var secret = account.List.AddField("Secret", FieldValueType.Number, traits: new FieldTraits { TracksChanges = false });
        var labels = account.List.AddField("Labels", FieldValueType.FilterableTextMulti, traits: new FieldTraits { TracksChanges = true });
        using var seed = new MemoryStream();
        await SeedFile.SaveAsync(account.Tenant, seed);
        seed.Position = 0;
        var list = (await SeedFile.LoadAsync(seed)).Lists.Single(each => each.Name == "Portfolio");
        Assert.Equal((false, true), (list.FindField(secret.Id)!.Traits.TracksChanges, list.FindField(labels.Id)!.Traits.TracksChanges));
        await using var sim = await Sim.StartAsync(account: account);
        sim.Server.Behavior.TracksMultiValues = false;
        await sim.PatchAsync(secret.To("1"), labels.To("[\"x\"]"));
        Assert.Equal(["add \"x\""], (await sim.FeedAsync()).Told());
    }

    [Fact]
    public async Task The_newest_changes_are_kept_and_ids_stay()
    {
        await using var sim = await Sim.StartAsync(new() { ChangeLogCapacity = 3 });
        for (var number = 1; number <= 5; number++)
        {
            await sim.PatchAsync(sim.Account.Arr.To($"{number}"));
        }

        Assert.Equal([3L, 4, 5], (await sim.FeedAsync()).Ids());
    }

    [Fact]
    public async Task Thousands_of_changes_are_paged_without_a_gap()
    {
        var account = new Account();
        Field[] fields = [.. Enumerable.Range(0, 100).Select(number => account.List.Number($"Number {number}"))];
        await using var sim = await Sim.StartAsync(new() { ChangeLogCapacity = 1_500 }, account);
        for (var number = 1; number <= 30; number++)
        {
            await sim.PatchAsync([.. fields.Select(field => field.To($"{number}"))]);
        }

        var ids = new List<long>();
        for (var next = "v2/field-value-changes"; next is not null;)
        {
            var page = await sim.GetAsync(next);
            ids.AddRange(page.Data.Ids());
            next = (string?)page.Json["pagination"]!["nextUrl"];
        }

        Assert.Equal(Enumerable.Range(1_501, 1_500).Select(id => (long)id), ids);
    }

    [Fact]
    public async Task A_log_without_capacity_keeps_nothing()
    {
        await using var sim = await Sim.StartAsync(new() { ChangeLogCapacity = 0 });
        await sim.PatchAsync(sim.Account.Arr.To("1"));
        Assert.Empty(await sim.FeedAsync());
    }

    [Fact]
    public async Task The_log_outlives_a_reset_of_the_counters_but_not_the_server()
    {
        var account = new Account();
        await using (var sim = await Sim.StartAsync(account: account))
        {
            await sim.PatchAsync(account.Arr.To("1"));
            sim.Server.Counters.Reset();
            Assert.Single(await sim.FeedAsync());
        }

        await using var next = await Sim.StartAsync(account: account);
        Assert.Empty(await next.FeedAsync());
    }

    [Fact]
    public async Task Of_writers_at_once_the_last_change_told_is_the_one_that_is_stored()
    {
        await using var sim = await Sim.StartAsync(new() { CallsPerMinute = int.MaxValue });
        await Parallel.ForEachAsync(Enumerable.Range(1, 400), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
            await sim.PatchAsync(sim.Account.Arr.To($"{number}"), sim.Account.Sector.To($"\"{number}\"")));
        var last = (await sim.FeedAsync(more: "orderBy=-changedAt&limit=2")).Select(change => change!["value"]!.ToString()).ToHashSet();
        Assert.Equal($"{sim.Account.Entry.Get(sim.Account.Arr)}", Assert.Single(last));
        Assert.Equal($"{sim.Account.Acme.Get(sim.Account.Sector)}", Assert.Single(last));
    }
}
