using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests;

/// <summary>What is sent, and when.</summary>
public sealed class WebhookEventTests : IAsyncLifetime
{
    private const string Berlin = """{"streetAddress":null,"city":"Berlin","state":null,"country":"Germany","continent":"Europe"}""";
    private const string BerlinInV1 = """{"city":"Berlin","state":null,"country":"Germany","continent":"Europe","street_address":null}""";
    private const string Ulm = """{"streetAddress":null,"city":"Ulm","state":null,"country":"Germany","continent":"Europe"}""";
    private const string UlmInV1 = """{"city":"Ulm","state":null,"country":"Germany","continent":"Europe","street_address":null}""";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 10, 8, 16, 55, 51, TimeSpan.Zero));
    private WebhookReceiver _receiver = null!;

    /// <summary>Field, v1's value type, then two values, each as it is written and as v1 shows it.</summary>
    public static TheoryData<string, int, string, string, string, string> Singles => new()
    {
        { "ARR", 3, "12.5", "12.5", "-3", "-3" },
        { "Note", 6, "\"Größe\"", "\"Größe\"", "\"b\"", "\"b\"" },
        { "Keyword", 2, "\"AI\"", "\"AI\"", "\"Bio\"", "\"Bio\"" },
        { "Closed", 4, "\"2026-04-01T12:00:00Z\"", "\"2026-04-01T00:00:00.000-07:00\"", "\"2026-01-15T12:00:00Z\"", "\"2026-01-15T00:00:00.000-08:00\"" },
        { "HQ", 5, Berlin, BerlinInV1, Ulm, UlmInV1 },
        { "Owner", 0, """{"id":21}""", "21", """{"id":22}""", "22" },
        { "Parent", 1, """{"id":500001}""", "500001", """{"id":500002}""", "500002" },
        {
            "Status", 7, """{"dropdownOptionId":3003}""", """{"id":3003,"text":"New","rank":0,"color":null}""",
            """{"dropdownOptionId":3004}""", """{"id":3004,"text":"Won","rank":1,"color":null}"""
        },
    };

    /// <summary>Field, v1's value type, then three items, each as it is written and as v1 shows it.</summary>
    public static TheoryData<string, int, string[], string[]> Multis => new()
    {
        { "Tags", 2, ["""{"dropdownOptionId":3005}""", """{"dropdownOptionId":3006}""", """{"dropdownOptionId":3007}"""], ["\"AI\"", "\"Bio\"", "\"Climate\""] },
        { "Keywords", 2, ["\"a\"", "\"b\"", "\"c\""], ["\"a\"", "\"b\"", "\"c\""] },
        { "Scores", 3, ["1", "2.5", "3"], ["1", "2.5", "3"] },
        {
            "Offices", 5, [Berlin, Ulm, """{"streetAddress":"x","city":null,"state":null,"country":null,"continent":null}"""],
            [BerlinInV1, UlmInV1, """{"city":null,"state":null,"country":null,"continent":null,"street_address":"x"}"""]
        },
        { "Owners", 0, ["""{"id":21}""", """{"id":22}""", """{"id":23}"""], ["21", "22", "23"] },
        { "Peers", 1, ["""{"id":500001}""", """{"id":500002}""", """{"id":500003}"""], ["500001", "500002", "500003"] },
    };

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    [Proves("HOOK-25", "HOOK-26", "HOOK-27", "HOOK-29", "QUIRK-12")]
    public async Task A_value_of_a_list_field_is_told_in_the_shape_of_v1()
    {
        await using var sim = await StartAsync();
        await sim.PatchAsync(sim.Account.Status.To("""{"dropdownOptionId":3003}"""));
        var sent = Assert.Single(await EventsAsync(sim));
        Assert.Equal(("POST", "application/json; charset=utf-8"), (sent.Method, sent.ContentType));
        var id = (long)sent.Body["id"]!;
        Assert.InRange(id, 1, 9_007_199_254_740_991);
        var number = sim.Account.Status.Id["field-".Length..];
        AssertJson(
            $$"""
            {
              "type": "field_value.created",
              "body": {
                "id": {{id}}, "field_id": {{number}}, "list_entry_id": 9000001, "entity_type": 1, "value_type": 7, "entity_id": 500001,
                "value": { "id": 3003, "text": "New", "rank": 0, "color": null },
                "field": {
                  "id": {{number}}, "name": "Status", "list_id": 101, "enrichment_source": "none", "value_type": 7, "allows_multiple": false,
                  "dropdown_options": [{ "id": 3003, "text": "New", "rank": 0, "color": null }, { "id": 3004, "text": "Won", "rank": 1, "color": null }]
                }
              },
              "sent_at": 1791478551
            }
            """,
            sent.Json);
    }

    [Fact]
    [Proves("HOOK-27", "QUIRK-12")]
    public async Task A_value_of_an_entity_has_no_list_entry_and_an_id_without_a_number_stays_text()
    {
        await using var sim = await StartAsync();
        await sim.PatchAsync(sim.Account.Employees.To("5"), sim.Account.Sector.To("\"Bio\""));
        var events = await EventsAsync(sim);
        Assert.All(events, sent => Assert.Null(sent.Body["list_entry_id"]));
        Assert.All(events, sent => Assert.Null(sent.Body["field"]!["list_id"]));
        Assert.Equal(["\"dealroom-number-of-employees\"", sim.Account.Sector.Id["field-".Length..]], events.Select(sent => sent.Body["field_id"]!.ToJsonString()));
        Assert.Equal(["dealroom", "none"], events.Select(sent => (string)sent.Body["field"]!["enrichment_source"]!));
    }

    [Theory]
    [MemberData(nameof(Singles))]
    [Proves("HOOK-20", "HOOK-27", "QUIRK-8")]
    public async Task A_single_value_is_created_updated_and_deleted(string name, int type, string first, string firstInV1, string second, string secondInV1)
    {
        await using var sim = await StartAsync();
        var field = FieldOf(sim, name);
        await sim.PatchAsync(field.To(first));
        await sim.PatchAsync(field.To(second));
        await sim.PatchAsync(field.To("null"));
        var events = await EventsAsync(sim);
        Assert.Equal(
            [("field_value.created", firstInV1), ("field_value.updated", secondInV1), ("field_value.deleted", secondInV1)],
            events.Select(Told));
        Assert.All(events, sent => Assert.Equal(type, (int)sent.Body["value_type"]!));
        Assert.All(events, sent => Assert.False((bool)sent.Body["field"]!["allows_multiple"]!));
        Assert.Single(events.Select(sent => (long)sent.Body["id"]!).Distinct());
    }

    [Theory]
    [MemberData(nameof(Multis))]
    [Proves("HOOK-20", "HOOK-27", "QUIRK-8")]
    public async Task Each_value_that_came_or_went_in_a_multi_value_is_told_by_itself(string name, int type, string[] items, string[] itemsInV1)
    {
        await using var sim = await StartAsync();
        var field = FieldOf(sim, name);
        await sim.PatchAsync(field.To($"[{items[0]},{items[1]}]"));
        await sim.PatchAsync(field.To($"[{items[1]},{items[2]}]"));
        await sim.PatchAsync(field.To("null"));
        var events = await EventsAsync(sim);
        Assert.Equal(
            [
                ("field_value.created", itemsInV1[0]), ("field_value.created", itemsInV1[1]),
                ("field_value.deleted", itemsInV1[0]), ("field_value.created", itemsInV1[2]),
                ("field_value.deleted", itemsInV1[1]), ("field_value.deleted", itemsInV1[2]),
            ],
            events.Select(Told));
        Assert.All(events, sent => Assert.Equal(type, (int)sent.Body["value_type"]!));
        Assert.All(events, sent => Assert.True((bool)sent.Body["field"]!["allows_multiple"]!));
        var ids = events.Select(sent => (long)sent.Body["id"]!).ToArray();
        Assert.Equal([ids[0], ids[1], ids[0], ids[3], ids[1], ids[3]], ids);
        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    [Proves("HOOK-39")]
    public async Task A_dropdown_that_is_changed_arrives_as_a_deletion_and_a_creation_of_another_value()
    {
        await using var sim = await StartAsync();
        await sim.PatchAsync(sim.Account.Stage.To("""{"dropdownOptionId":3001}"""));
        await sim.PatchAsync(sim.Account.Stage.To("""{"dropdownOptionId":3002}"""));
        var events = await EventsAsync(sim);
        Assert.Equal(
            [("field_value.created", "\"Seed\""), ("field_value.deleted", "\"Seed\""), ("field_value.created", "\"Series A\"")],
            events.Select(Told));
        Assert.Equal(events[0].Body["id"]!.ToJsonString(), events[1].Body["id"]!.ToJsonString());
        Assert.NotEqual(events[0].Body["id"]!.ToJsonString(), events[2].Body["id"]!.ToJsonString());
        Assert.Empty(events[0].Body["field"]!["dropdown_options"]!.AsArray());
    }

    [Fact]
    [Proves("HOOK-39")]
    public async Task A_dropdown_that_is_changed_arrives_as_one_update_when_that_is_switched()
    {
        await using var sim = await StartAsync(new() { Behavior = new() { DropdownUpdatesArriveAsPairs = false } });
        await sim.PatchAsync(sim.Account.Stage.To("""{"dropdownOptionId":3001}"""));
        await sim.PatchAsync(sim.Account.Stage.To("""{"dropdownOptionId":3002}"""));
        var events = await EventsAsync(sim);
        Assert.Equal([("field_value.created", "\"Seed\""), ("field_value.updated", "\"Series A\"")], events.Select(Told));
        Assert.Single(events.Select(sent => (long)sent.Body["id"]!).Distinct());
    }

    [Fact]
    public async Task A_value_that_stays_the_same_is_not_told()
    {
        await using var sim = await StartAsync();
        await sim.PatchAsync(sim.Account.Arr.To("1"), sim.Account.Note.To("null"));
        await sim.PatchAsync(sim.Account.Arr.To("1"), sim.Account.Note.To("\"n\""));
        Assert.Equal(["field_value.created", "field_value.created"], (await EventsAsync(sim)).Select(sent => sent.Type));
    }

    [Fact]
    public async Task The_values_of_a_batch_are_told_in_the_order_of_its_updates()
    {
        await using var sim = await StartAsync();
        await sim.PatchAsync(sim.Account.Note.To("\"n\""), sim.Account.Arr.To("1"), sim.Account.Keyword.To("\"k\""));
        Assert.Equal(["Note", "ARR", "Keyword"], (await EventsAsync(sim)).Select(sent => (string)sent.Body["field"]!["name"]!));
    }

    [Fact]
    [Proves("HOOK-10")]
    public async Task A_webhook_gets_the_events_it_subscribed_and_one_that_named_none_gets_all()
    {
        await using var sim = await StartAsync();
        await using var other = await WebhookReceiver.StartAsync();
        sim.Account.Tenant.AddWebhook(new Uri(other.Url), "field_value.updated", "list.created");
        await sim.PatchAsync(sim.Account.Arr.To("1"));
        await sim.PatchAsync(sim.Account.Arr.To("2"));
        Assert.Equal(["field_value.created", "field_value.updated"], (await EventsAsync(sim)).Select(sent => sent.Type));
        Assert.Equal("field_value.updated", Assert.Single(other.TakeAll()).Type);
    }

    [Fact]
    [Proves("HOOK-37")]
    public async Task Edits_of_enriched_values_are_told_unless_that_is_switched_off()
    {
        await using var sim = await StartAsync();
        await sim.PatchAsync(sim.Account.Employees.To("5"));
        Assert.Equal("field_value.created", Assert.Single(await EventsAsync(sim)).Type);
        sim.Server.Behavior.EnrichedEditsFireWebhooks = false;
        await sim.PatchAsync(sim.Account.Employees.To("6"), sim.Account.Sector.To("\"Bio\""));
        Assert.Equal("Sector", (string)Assert.Single(await EventsAsync(sim)).Body["field"]!["name"]!);
    }

    [Fact]
    [Proves("HOOK-35", "HOOK-36")]
    public async Task What_is_put_into_the_account_from_outside_is_not_told()
    {
        await using var sim = await StartAsync();
        sim.Account.Entry.Set(sim.Account.Arr, 12.5);
        sim.Account.Acme.Set(sim.Account.Employees, 7);
        sim.Account.List.AddEntry(sim.Account.Acme);
        Assert.Empty(await EventsAsync(sim));
    }

    [Fact]
    public async Task An_edit_by_hand_is_told()
    {
        await using var sim = await StartAsync();
        await sim.SendAsync(HttpMethod.Put, $"_sim/entries/{sim.Account.Entry.Id}/fields/{sim.Account.Arr.Id}", """{"value":{"type":"number","data":5}}""");
        Assert.Equal([("field_value.created", "5")], (await EventsAsync(sim)).Select(Told));
    }

    [Fact]
    [Proves("HOOK-19", "HOOK-28")]
    public async Task A_row_that_is_added_is_told_in_the_shape_of_v1()
    {
        await using var sim = await StartAsync();
        var answer = await sim.SendAsync(HttpMethod.Post, $"v2/lists/{sim.Account.List.Id}/list-entries", """{"entity":{"id":500001}}""");
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var sent = (await EventsAsync(sim)).First(each => each.Type == "list_entry.created");
        AssertJson(
            """
            {
              "type": "list_entry.created",
              "body": {
                "id": 9000003, "list_id": 101, "creator_id": 21, "entity_id": 500001, "entity_type": 1, "created_at": "2026-10-08T09:55:51.000-07:00",
                "entity": { "id": 500001, "name": "Acme", "domain": "acme.com", "domains": ["acme.com", "acme.io"], "global": true }
              },
              "sent_at": 1791478551
            }
            """,
            sent.Json);
    }

    [Fact]
    [Proves("HOOK-19")]
    public async Task A_row_that_people_take_off_its_list_is_told()
    {
        await using var sim = await StartAsync();
        await sim.SendAsync(HttpMethod.Delete, $"_sim/entries/{sim.Account.Entry.Id}");
        var sent = (await EventsAsync(sim)).Single();
        Assert.Equal(("list_entry.deleted", sim.Account.Entry.Id, 101), (sent.Type, (long)sent.Body["id"]!, (int)sent.Body["list_id"]!));
    }

    [Fact]
    [Proves("HOOK-27", "HOOK-28")]
    public async Task Persons_and_opportunities_are_told_in_the_shapes_of_v1_too()
    {
        var account = new Account();
        account.Tenant.AddWebhook(new Uri(_receiver.Url));
        var grace = account.Tenant.AddPerson("Grace", null, "grace@acme.com", "g@acme.com");
        var simulation = new Simulation(new() { TimeProvider = _time }, account.Tenant);
        simulation.Events.Created(account.Tenant.AddList("People", ListType.Person).AddEntry(grace));
        simulation.Events.Created(account.Tenant.AddList("Deals", ListType.Opportunity).AddOpportunity("Big one"));
        await simulation.Webhooks.Log.WhenIdleAsync();
        var events = _receiver.TakeAll();
        simulation.Webhooks.Dispose();
        AssertJson(
            $$"""{ "id": {{grace.Id}}, "type": 0, "first_name": "Grace", "last_name": null, "primary_email": "grace@acme.com", "emails": ["grace@acme.com", "g@acme.com"] }""",
            events[0].Body["entity"]!);
        AssertJson("""{ "id": 800001, "name": "Big one" }""", events[1].Body["entity"]!);
        Assert.Equal([(0, null), (8, null)], events.Select(sent => ((int)sent.Body["entity_type"]!, (long?)sent.Body["creator_id"])));
    }

    [Fact]
    [Proves("HOOK-33")]
    public async Task Deliveries_count_nowhere()
    {
        await using var sim = await StartAsync(new() { CallsPerMonth = 100, LogsRequests = true });
        await sim.PatchAsync(sim.Account.Arr.To("1"), sim.Account.Note.To("\"n\""));
        Assert.Equal(2, (await EventsAsync(sim)).Count);
        Assert.Equal((1, 1L, 1), (sim.Server.Limits.MonthUsed, sim.Server.Counters.Total, sim.Server.Log.Requests.Count));
    }

    [Fact]
    [Proves("HOOK-38")]
    public async Task Deliveries_are_not_signed_unless_there_is_a_key()
    {
        await using (var sim = await StartAsync())
        {
            await sim.PatchAsync(sim.Account.Arr.To("1"));
            Assert.Null(Assert.Single(await EventsAsync(sim)).Signature);
        }

        await using var signing = await StartAsync(new() { WebhookSignatureKey = "clé" });
        await signing.PatchAsync(signing.Account.Note.To("\"Größe\""));
        var sent = Assert.Single(await EventsAsync(signing));
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes("clé"), Encoding.UTF8.GetBytes(sent.Text));
        Assert.Equal($"sha256={Convert.ToHexStringLower(hash)}", sent.Signature);
    }

    [Fact]
    public async Task Deliveries_are_seen_from_outside()
    {
        await using var sim = await StartAsync();
        _receiver.AnswerNext(200, 500);
        await sim.PatchAsync(sim.Account.Arr.To("1"), sim.Account.Note.To("\"n\""));
        await sim.Server.Webhooks.WhenIdleAsync();
        var deliveries = (await sim.GetAsync("_sim/webhooks")).Json["deliveries"]!.AsArray();
        Assert.Equal(["Delivered", "Waiting"], deliveries.Select(each => (string)each!["status"]!));
        Assert.Equal(701, (long)deliveries[0]!["subscriptionId"]!);
        Assert.Equal("n", (string)deliveries[1]!["content"]!["body"]!["value"]!);
        AssertJson("""[{ "at": "2026-10-08T16:55:51+00:00", "status": 500 }]""", deliveries[1]!["attempts"]!);
    }

    private static (string Type, string Value) Told(Received sent) => (sent.Type, sent.Body["value"]!.ToJsonString(Relaxed));

    private static void AssertJson(string expected, JsonNode actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual.ToJsonString());

    private static Field FieldOf(Sim sim, string name) => sim.Account.List.Fields.Single(field => field.Name == name);

    /// <summary>What came since it was last asked.</summary>
    private async Task<IReadOnlyList<Received>> EventsAsync(Sim sim)
    {
        await sim.Server.Webhooks.WhenIdleAsync();
        return _receiver.TakeAll();
    }

    private async Task<Sim> StartAsync(SimulatorOptions? options = null)
    {
        var account = new Account();
        account.Tenant.AddPerson("Grace", "Hopper");
        account.Tenant.AddPerson("Edsger", "Dijkstra");
        account.Tenant.AddCompany("Cedar");
        account.Tenant.AddWebhook(new Uri(_receiver.Url));
        return await Sim.StartAsync((options ?? new()) with { TimeProvider = _time }, account);
    }
}
