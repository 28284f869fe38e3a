using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Changes;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Rendering;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Changes;

public sealed class ChangeTests
{
    private const string Berlin = """{"streetAddress":null,"city":"Berlin","state":null,"country":"Germany","continent":"Europe"}""";

    [Fact]
    [Proves("CHG-1", "CHG-5", "CHG-6", "CHG-7", "CHG-8", "CHG-17", "AUTH-9")]
    public async Task A_change_says_who_changed_what_where_when_and_to_what()
    {
        var account = new Account();
        account.Tenant.AddApiKey("grace", account.Tenant.AddUser("Grace", null, "grace@example.vc", id: 30));
        await using var sim = await Sim.StartAsync(new() { TimeProvider = FeedSim.Clock() }, account);
        using var grace = sim.ClientFor("grace");
        using var content = new StringContent($$"""{"value":{{account.Arr.Value("12.5")}}}""", null, "application/json");
        using var written = await grace.PostAsync($"{sim.EntryPath}/fields/{account.Arr.Id}", content);
        Assert.Equal(HttpStatusCode.NoContent, written.StatusCode);
        var expected = JsonNode.Parse($$"""
            {
              "id": 1, "actionType": "add", "changedAt": "2026-05-01T10:00:00Z",
              "changer": {"id": 30, "firstName": "Grace", "lastName": null, "emailAddress": "grace@example.vc"},
              "entity": {"id": 500001},
              "listEntry": {"id": {{account.Entry.Id}}, "listId": 101},
              "field": {"id": "{{account.Arr.Id}}", "name": "ARR", "type": "list", "entityType": "company"},
              "type": "number", "value": 12.5
            }
            """)!;
        Assert.Equal(expected.ToJsonString(), (await sim.FeedAsync()).Single()!.ToJsonString());
    }

    [Fact]
    [Proves("CHG-4")]
    public async Task Single_values_are_added_updated_and_deleted_and_what_is_deleted_is_shown()
    {
        await using var sim = await Sim.StartAsync();
        foreach (var data in (string[])["1", "2", "null", "3"])
        {
            await sim.PatchAsync(sim.Account.Arr.To(data));
        }

        Assert.Equal(["add 1", "update 2", "delete 2", "add 3"], (await sim.FeedAsync()).Told());
    }

    [Fact]
    [Proves("CHG-10", "CHG-14")]
    public async Task A_multi_value_changes_item_by_item()
    {
        await using var sim = await Sim.StartAsync();
        var keywords = sim.Account.Keywords;
        await sim.PatchAsync(keywords.To("""["AI","Bio"]"""));
        await sim.PatchAsync(keywords.To("""["Climate","AI"]"""));
        await sim.PatchAsync(keywords.To("null"));
        Assert.Equal(
            ["add \"AI\"", "add \"Bio\"", "delete \"Bio\"", "add \"Climate\"", "delete \"Climate\"", "delete \"AI\""], (await sim.FeedAsync()).Told());
    }

    public static TheoryData<string, string, string> SameValues => new()
    {
        { "ARR", "12.50", "12.5" },
        { "ARR", "-0", "0" },
        { "Note", "\"a\"", "\"\\u0061\"" },
        { "Closed", "\"2026-04-01T12:00:00Z\"", "\"2026-04-01T23:59:59Z\"" },
        { "HQ", Berlin, Berlin },
        { "Offices", $"[{Berlin},{Berlin}]", $"[{Berlin},{Berlin}]" },
        { "Stage", """{"dropdownOptionId":3001}""", """{"dropdownOptionId":3001}""" },
        { "Tags", """[{"dropdownOptionId":3005},{"dropdownOptionId":3006}]""", """[{"dropdownOptionId":3006},{"dropdownOptionId":3005}]""" },
        { "Owners", """[{"id":21}]""", """[{"id":21}]""" },
        { "Keywords", """["a","b","a"]""", """["b","a","a"]""" },
        { "Scores", "[1,2.5]", "[2.5,1]" },
        { "Keywords", "null", "[]" },
    };

    [Theory]
    [MemberData(nameof(SameValues))]
    public async Task A_write_of_what_is_there_is_no_change(string name, string first, string second)
    {
        await using var sim = await Sim.StartAsync();
        var field = sim.Account.List.Fields.Single(each => each.Name == name);
        await sim.PatchAsync(field.To(first));
        var before = (await sim.FeedAsync()).Count;
        Assert.Equal(first == "null", before == 0);
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(field.To(second))).Status);
        Assert.Equal(before, (await sim.FeedAsync()).Count);
    }

    [Fact]
    public async Task An_item_that_is_there_twice_counts_twice()
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Keywords.To("""["a","a","b"]"""));
        await sim.PatchAsync(sim.Account.Keywords.To("""["b","a","b"]"""));
        Assert.Equal(["delete \"a\"", "add \"b\""], (await sim.FeedAsync()).Told().Skip(3));
    }

    [Fact]
    public async Task A_batch_makes_one_change_of_a_field_in_the_order_of_its_updates()
    {
        await using var sim = await Sim.StartAsync();
        var (arr, note) = (sim.Account.Arr, sim.Account.Note);
        await sim.PatchAsync(arr.To("1"), note.To("\"x\""), arr.To("2"));
        Assert.Equal(["add 2", "add \"x\""], (await sim.FeedAsync()).Told());
        await sim.PatchAsync(arr.To("3"), arr.To("2"));
        Assert.Equal(2, (await sim.FeedAsync()).Count);
    }

    [Fact]
    public async Task A_batch_that_is_refused_makes_no_change_and_one_that_is_not_atomic_those_it_kept()
    {
        await using var sim = await Sim.StartAsync();
        string[] updates = [sim.Account.Arr.To("1"), sim.Account.Stage.To("""{"dropdownOptionId":9}""")];
        await sim.PatchAsync(updates);
        Assert.Empty(await sim.FeedAsync());
        sim.Server.Behavior.AtomicBatches = false;
        await sim.PatchAsync(updates);
        Assert.Equal(["add 1"], (await sim.FeedAsync()).Told());
    }

    [Fact]
    [Proves("CHG-7", "CHG-15")]
    public async Task Values_of_the_entity_change_on_no_entry_in_particular()
    {
        var account = new Account();
        var title = account.Tenant.AddPersonField("Title", FieldValueType.Text);
        await using var sim = await Sim.StartAsync(account: account);
        await sim.PatchAsync(account.Sector.To("\"AI\""));
        await sim.SendAsync(HttpMethod.Post, $"v2/companies/500001/fields/{account.Sector.Id}", $$"""{"value":{{account.Sector.Value("\"Bio\"")}}}""");
        await sim.SendAsync(HttpMethod.Post, $"v2/persons/21/fields/{title.Id}", $$"""{"value":{{title.Value("\"Countess\"")}}}""");
        var changes = await sim.FeedAsync();
        Assert.Equal(["add \"AI\"", "update \"Bio\"", "add \"Countess\""], changes.Told());
        Assert.All(changes, change => Assert.Null(change!["listEntry"]));
        Assert.Equal([500001L, 500001, 21], changes.Select(change => (long)change!["entity"]!["id"]!));
        Assert.Equal(["company", "company", "person"], changes.Select(change => (string)change!["field"]!["entityType"]!));
        Assert.All(changes, change => Assert.Equal("global", (string)change!["field"]!["type"]!));
    }

    public static TheoryData<string, string, string> References => new()
    {
        { "Stage", """{"dropdownOptionId":3001}""", """{"referenceType":"entity","dropdownOptionId":3001,"text":"Seed"}""" },
        { "Status", """{"dropdownOptionId":3004}""", """{"referenceType":"entity","dropdownOptionId":3004,"text":"Won","rank":1,"color":null}""" },
        { "Tags", """[{"dropdownOptionId":3005}]""", """{"referenceType":"entity","dropdownOptionId":3005,"text":"AI"}""" },
        { "Owner", """{"id":21}""", """{"referenceType":"entity","id":21,"firstName":"Ada","lastName":"Lovelace","primaryEmailAddress":"ada@example.vc","type":"internal"}""" },
        { "Peers", """[{"id":500002}]""", """{"referenceType":"entity","id":500002,"name":"Birch","domain":"birch.example"}""" },
        { "Offices", $"[{Berlin}]", Berlin },
        { "Closed", "\"2026-04-01T12:00:00Z\"", "\"2026-04-01T07:00:00Z\"" },
    };

    [Theory]
    [Proves("CHG-16")]
    [MemberData(nameof(References))]
    public async Task References_say_that_they_live_and_all_else_is_shown_as_read(string name, string data, string shown)
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.List.Fields.Single(each => each.Name == name).To(data));
        Assert.Equal(shown, (await sim.FeedAsync()).Single()!["value"]!.ToJsonString());
    }

    [Fact]
    [Proves("CHG-9")]
    public async Task An_option_that_was_deleted_keeps_its_text()
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Stage.To("""{"dropdownOptionId":3001}"""), sim.Account.Tags.To("""[{"dropdownOptionId":3005}]"""));
        await sim.SendAsync(HttpMethod.Delete, $"v2/lists/101/fields/{sim.Account.Stage.Id}/dropdown-options/3001");
        var seed = """{"referenceType":"deleted-entity","displayValue":"Seed"}""";
        var ai = """{"referenceType":"entity","dropdownOptionId":3005,"text":"AI"}""";
        Assert.Equal([$"add {seed}", $"add {ai}", $"delete {seed}"], (await sim.FeedAsync()).Told());
    }

    [Fact]
    [Proves("CHG-9")]
    public void References_to_what_was_deleted_keep_its_name()
    {
        var account = new Account();
        var log = new ChangeLog(new Simulation(new(), account.Tenant), capacity: 10);
        log.ValuesChanged([Change(account, account.Owner, 21), Change(account, account.Parent, account.Birch.Id)]);
        JsonNode[] shown = [.. Enumerable.Range(1, 2).Select(id => Written(new Tenant(withDefaultUser: false), id, log.View[id]))];
        string[] values = [.. shown.Select(change => change["value"]!.ToJsonString())];
        Assert.Equal(
            [
                """{"referenceType":"deleted-entity","displayValue":"Ada Lovelace"}""",
                """{"referenceType":"deleted-entity","displayValue":"Birch"}""",
            ],
            values);
        Assert.All(shown, change => Assert.Null(change["changer"]));
    }

    private static JsonNode Written(Tenant tenant, long id, in LoggedChange change)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            new ChangeWriter(tenant).Write(writer, id, change);
        }

        return JsonNode.Parse(json.ToArray())!;
    }

    private static FieldValueChange Change(Account account, Field field, long id) =>
        new(FeedSim.Start, 21, account.Acme, account.Entry, field, default, FieldValue.Id(id));
}
