using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Changes;

public sealed class FeedTests
{
    [Fact]
    [Proves("CHG-2")]
    public async Task Changes_ascend_by_time_and_id_and_are_paged_both_ways()
    {
        var clock = FeedSim.Clock();
        await using var sim = await Sim.StartAsync(new() { TimeProvider = clock });
        for (var number = 1; number <= 5; number++)
        {
            await sim.PatchAsync(sim.Account.Arr.To($"{number}"));
            clock.Advance(TimeSpan.FromSeconds(number % 2));
        }

        var first = await sim.GetAsync("v2/field-value-changes?limit=2&anything=1");
        Assert.Equal([1L, 2], first.Data.Ids());
        Assert.Null(first.Json["pagination"]!["prevUrl"]);
        var second = await sim.GetAsync((string)first.Json["pagination"]!["nextUrl"]!);
        Assert.Equal([3L, 4], second.Data.Ids());
        var third = await sim.GetAsync((string)second.Json["pagination"]!["nextUrl"]!);
        Assert.Equal([5L], third.Data.Ids());
        Assert.Null(third.Json["pagination"]!["nextUrl"]);
        var back = await sim.GetAsync((string)third.Json["pagination"]!["prevUrl"]!);
        Assert.Equal([3L, 4], back.Data.Ids());
        Assert.Equal([5L], (await sim.GetAsync((string)back.Json["pagination"]!["nextUrl"]!)).Data.Ids());
        var start = await sim.GetAsync((string)back.Json["pagination"]!["prevUrl"]!);
        Assert.Equal([1L, 2], start.Data.Ids());
        Assert.Null(start.Json["pagination"]!["prevUrl"]);
        Assert.Equal(["10:00:00Z", "10:00:01Z", "10:00:01Z", "10:00:02Z", "10:00:02Z"], (await sim.FeedAsync()).Select(change => ((string)change!["changedAt"]!)[11..]));
    }

    [Fact]
    [Proves("CHG-19")]
    public async Task The_newest_come_first_on_demand()
    {
        await using var sim = await Sim.StartAsync();
        for (var number = 1; number <= 3; number++)
        {
            await sim.PatchAsync(sim.Account.Arr.To($"{number}"));
        }

        var first = await sim.GetAsync("v2/field-value-changes?orderBy=-changedAt&limit=2");
        Assert.Equal([3L, 2], first.Data.Ids());
        var second = await sim.GetAsync((string)first.Json["pagination"]!["nextUrl"]!);
        Assert.Equal([1L], second.Data.Ids());
        Assert.Equal([3L, 2], (await sim.GetAsync((string)second.Json["pagination"]!["prevUrl"]!)).Data.Ids());
        Assert.Equal([1L, 2, 3], (await sim.FeedAsync(more: "orderBy=changedAt")).Ids());
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.GetAsync("v2/field-value-changes?orderBy=id")).Status);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("cursor=x", "cursor")]
    public async Task Pages_have_1_to_100_changes(string query, string param)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync($"v2/field-value-changes?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, param), (answer.Status, (string)answer.Error["param"]!));
    }

    [Theory]
    [Proves("CHG-3", "QUERY-13", "QUERY-16", "QUERY-17", "QUERY-18")]
    [InlineData("field.id=ARR", "1,2,5")]
    [InlineData("listEntry.id=OTHER", "3")]
    [InlineData("listEntry.id!=*", "4")]
    [InlineData("changer.id=30", "5")]
    [InlineData("changer.id=31", "")]
    [InlineData("actionType=delete", "5")]
    [InlineData("actionType=add", "1,3,4")]
    [InlineData("changedAt>2026-05-01T10:00:02Z", "4,5")]
    [InlineData("changedAt>=2026-05-01T10:00:02Z", "3,4,5")]
    [InlineData("changedAt<2026-05-01T10:00:01Z", "1")]
    [InlineData("changedAt<=2026-05-01T10:00:01Z", "1,2")]
    [InlineData("changedAt>=2026-05-01T10:00:01Z & changedAt<=2026-05-01T10:00:03Z", "2,3,4")]
    [InlineData("field.id=ARR | actionType=add & changedAt>2026-05-01T10:00:02Z", "1,2,4,5")]
    [InlineData("(field.id=ARR | actionType=add) & changedAt>2026-05-01T10:00:02Z", "4,5")]
    [InlineData("!field.id=ARR & !(actionType=update)", "3,4")]
    [InlineData("changedAt>2027-01-01T00:00:00Z", "")]
    public async Task The_feed_is_filtered(string filter, string found)
    {
        await using var sim = await FiveChangesAsync();
        var text = filter.Replace("ARR", sim.Account.Arr.Id, StringComparison.Ordinal).Replace("OTHER", $"{sim.Account.Other.Id}", StringComparison.Ordinal);
        Assert.Equal(found, string.Join(',', (await sim.FeedAsync(text)).Ids()));
        Assert.Equal(found, string.Join(',', (await sim.FeedAsync(text, "&orderBy=-changedAt")).Ids().Reverse()));
    }

    [Theory]
    [Proves("CHG-18")]
    [InlineData("value=1")]
    [InlineData("field.id>field-1")]
    [InlineData("field.id=~field")]
    [InlineData("changedAt=2026-05-01T10:00:00Z")]
    [InlineData("changedAt>2026-05-01")]
    [InlineData("changer.id=ada")]
    [InlineData("(actionType=add")]
    public async Task A_filter_that_the_feed_does_not_know_answers_400(string filter)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync($"v2/field-value-changes?filter={Uri.EscapeDataString(filter)}");
        Assert.Equal((HttpStatusCode.BadRequest, "validation", "filter"), (answer.Status, (string)answer.Error["code"]!, (string)answer.Error["param"]!));
    }

    [Fact]
    public async Task Filters_keep_to_their_pages()
    {
        await using var sim = await FiveChangesAsync();
        var first = await sim.GetAsync($"v2/field-value-changes?limit=2&filter=field.id={sim.Account.Arr.Id}");
        Assert.Equal([1L, 2], first.Data.Ids());
        var second = await sim.GetAsync((string)first.Json["pagination"]!["nextUrl"]!);
        Assert.Equal([5L], second.Data.Ids());
        Assert.Null(second.Json["pagination"]!["nextUrl"]);
    }

    [Fact]
    public async Task A_sync_of_differences_that_asks_from_its_last_change_on_misses_nothing()
    {
        var clock = FeedSim.Clock();
        await using var sim = await Sim.StartAsync(new() { TimeProvider = clock });
        clock.Advance(TimeSpan.FromMilliseconds(300));
        await sim.PatchAsync(sim.Account.Arr.To("1"));
        var seen = (string)(await sim.FeedAsync()).Single()!["changedAt"]!;
        Assert.Equal("2026-05-01T10:00:00Z", seen);
        clock.Advance(TimeSpan.FromMilliseconds(300));
        await sim.PatchAsync(sim.Account.Arr.To("2"));
        Assert.Contains(2, (await sim.FeedAsync($"changedAt>{seen}")).Ids());
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.GetAsync("v2/field-value-changes?filter=changedAt>2026-05-01T10:00:00.300Z")).Status);
        sim.Server.Behavior.FilterTakesFractions = true;
        Assert.Equal([2L], (await sim.FeedAsync("changedAt>2026-05-01T10:00:00.300Z")).Ids());
    }

    [Fact]
    [Proves("CHG-13", "CHG-20", "LIST-14")]
    public async Task An_entry_has_a_feed_of_its_own_list_fields()
    {
        await using var sim = await FiveChangesAsync();
        Assert.Equal([1L, 2, 5], (await sim.GetAsync($"{sim.EntryPath}/field-value-changes")).Data.Ids());
        Assert.Equal([5L], (await sim.GetAsync($"{sim.EntryPath}/field-value-changes?filter=actionType=delete")).Data.Ids());
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.GetAsync($"{sim.EntryPath}/field-value-changes?filter=listEntry.id=1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync("v2/lists/101/list-entries/1/field-value-changes")).Status);
    }

    [Theory]
    [InlineData("2024-01-01", 2)]
    [InlineData("2026-07-15", 1)]
    [InlineData("2026-09-17", 1)]
    public async Task Every_version_has_the_feed_and_shows_as_much_as_it_shows_of_values(string version, int shown)
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Arr.To("1"), sim.Account.Note.To("\"secret\""));
        sim.Account.Entry.Hide(sim.Account.Note);
        Assert.Equal(shown, (await sim.GetAsync("v2/field-value-changes", version)).Data.Count);
        Assert.Equal(shown, (await sim.GetAsync($"{sim.EntryPath}/field-value-changes", version)).Data.Count);
    }

    [Fact]
    public async Task Changes_on_lists_that_are_not_shared_are_not_told()
    {
        var account = new Account();
        account.Tenant.AddApiKey("grace", account.Tenant.AddUser("Grace", null, "grace@example.vc"));
        var list = account.Tenant.AddList("Private", isPublic: false);
        var secret = list.Number("Secret");
        var entry = list.AddEntry(account.Acme);
        await using var sim = await Sim.StartAsync(account: account);
        await sim.PatchAsync(account.Arr.To("1"));
        await sim.SendAsync(HttpMethod.Put, $"_sim/entries/{entry.Id}/fields/{secret.Id}", $$"""{"value":{{secret.Value("2")}}}""");
        Assert.Equal([1L, 2], (await sim.FeedAsync()).Ids());
        using var grace = sim.ClientFor("grace");
        using var response = await grace.GetAsync("v2/field-value-changes");
        Assert.Equal([1L], (await Answer.OfAsync(response)).Data.Ids());
    }

    [Fact]
    public async Task An_edit_by_hand_is_a_change_by_that_person_or_by_the_first_user()
    {
        var account = new Account();
        account.Tenant.AddUser("Grace", null, "grace@example.vc", id: 30);
        await using var sim = await Sim.StartAsync(account: account);
        var path = $"_sim/entries/{account.Entry.Id}/fields/";
        async Task<HttpStatusCode> EditAsync(Field field, string data, string query) =>
            (await sim.SendAsync(HttpMethod.Put, $"{path}{field.Id}{query}", $$"""{"value":{{field.Value(data)}}}""")).Status;
        Assert.Equal(HttpStatusCode.NoContent, await EditAsync(account.Arr, "1", ""));
        Assert.Equal(HttpStatusCode.NoContent, await EditAsync(account.Arr, "2", "?by=30"));
        Assert.Equal(HttpStatusCode.BadRequest, await EditAsync(account.Arr, "3", "?by=31"));
        sim.Server.Behavior.EntityFieldsWritableThroughEntries = false;
        Assert.Equal(HttpStatusCode.NoContent, await EditAsync(account.Sector, "\"AI\"", "?by=30"));
        var changes = await sim.FeedAsync();
        Assert.Equal([21L, 30, 30], changes.Select(change => (long)change!["changer"]!["id"]!));
        Assert.Equal(["add 1", "update 2", "add \"AI\""], changes.Told());
        Assert.Equal((0, 0L, 0L), (account.Entry.AcceptedPatches, sim.Server.Counters.AcceptedPatches, sim.Server.Counters.StoredUpdates));
    }

    /// <summary>ARR added and updated, then ARR of the other entry, the sector of Birch, and ARR deleted by Grace: a second apart.</summary>
    private static async Task<Sim> FiveChangesAsync()
    {
        var clock = FeedSim.Clock();
        var account = new Account();
        account.Tenant.AddUser("Grace", null, "grace@example.vc", id: 30);
        var note = account.Note;
        var sim = await Sim.StartAsync(new() { TimeProvider = clock }, account);
        await sim.PatchAsync(account.Arr.To("1"));
        clock.Advance(TimeSpan.FromSeconds(1));
        await sim.PatchAsync(account.Arr.To("2"));
        clock.Advance(TimeSpan.FromSeconds(1));
        await sim.PatchAsync(account.Other, note.To("\"x\""));
        clock.Advance(TimeSpan.FromSeconds(1));
        await sim.PatchAsync(account.Other, account.Sector.To("\"Bio\""));
        clock.Advance(TimeSpan.FromSeconds(1));
        await sim.SendAsync(HttpMethod.Put, $"_sim/entries/{account.Entry.Id}/fields/{account.Arr.Id}?by=30", $$"""{"value":{{account.Arr.Value("null")}}}""");
        return sim;
    }
}
