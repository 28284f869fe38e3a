using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests;

public sealed class EntryCreationTests
{
    [Fact]
    [Proves("ROW-1", "ROW-2", "ROW-4", "ROW-11")]
    public async Task A_company_is_put_onto_the_list_even_when_it_is_on_it_already()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 8, 30, 0, TimeSpan.Zero));
        await using var sim = await Sim.StartAsync(new() { TimeProvider = time });
        var answer = await AddAsync(sim, sim.Account.List, """{"entity":{"id":500001}}""");
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(
            """{"id":9000003,"type":"company","listId":101,"createdAt":"2026-05-01T08:30:00Z","creatorId":21,"entity":{"id":500001,"name":"Acme","domain":"acme.com","domains":["acme.com","acme.io"],"isGlobal":true,"fields":[]}}""",
            answer.Body);
        Assert.Equal(3, (await sim.GetAsync("v2/lists/101/list-entries")).Data.Count);
        Assert.Equal(2, sim.Account.Acme.Entries.Count);
    }

    [Fact]
    [Proves("ROW-3", "ROW-9", "ROW-10")]
    public async Task A_new_row_has_its_creator_as_owner_and_the_first_open_status()
    {
        await using var sim = await Sim.StartAsync();
        var tenant = sim.Account.Tenant;
        var grace = tenant.AddUser("Grace", "Hopper", "grace@example.vc");
        var deals = tenant.AddList("Deals");
        var status = deals.AddField("Status", FieldValueType.RankedDropdown);
        tenant.AddOption(status, new DropdownOption(0, "Lost") { Rank = 0, StatusCategory = "lost" });
        tenant.AddOption(status, new DropdownOption(0, "Late") { Rank = 2, StatusCategory = "open" });
        tenant.AddOption(status, new DropdownOption(0, "Early") { Rank = 1, StatusCategory = "open" });
        var owners = deals.AddField("Owners", FieldValueType.PersonMulti);
        var other = deals.AddField("Stage", FieldValueType.RankedDropdown).WithOptions(tenant, "Seed");

        var answer = await AddAsync(sim, deals, $$"""{"entity":{"id":500001},"creatorId":{{grace.Id}}}""");
        Assert.Equal(grace.Id, (long)answer.Json["creatorId"]!);
        var entry = deals.Entries.Single();
        Assert.Equal("Early", entry.Get(status));
        Assert.Equal(new[] { grace.Id }, entry.Get(owners));
        Assert.Null(entry.Get(other));
    }

    [Theory]
    [InlineData("""{"entity":{"id":4}}""", "/entity/id")]
    [InlineData("""{"entity":{"id":21}}""", "/entity/id")]
    [InlineData("""{"entity":{"id":"500001"}}""", "/entity/id")]
    [InlineData("""{"entity":500001}""", "/entity")]
    [InlineData("""{"entity":{"id":500001},"creatorId":500001}""", "/creatorId")]
    [InlineData("""{"entity":{"id":500001},"fields":[]}""", "/fields")]
    [InlineData("{}", "root")]
    [Proves("ROW-6", "ROW-8")]
    public async Task What_cannot_be_added_answers_400(string body, string param)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await AddAsync(sim, sim.Account.List, body);
        Assert.Equal((HttpStatusCode.BadRequest, param), (answer.Status, (string)answer.Error["param"]!));
        Assert.Equal(2, sim.Account.List.EntryCount);
    }

    [Fact]
    [Proves("ROW-5")]
    public async Task Lists_of_persons_take_rows_and_lists_of_opportunities_do_not()
    {
        await using var sim = await Sim.StartAsync();
        var people = sim.Account.Tenant.AddList("People", ListType.Person);
        var deals = sim.Account.Tenant.AddList("Deals", ListType.Opportunity);
        Assert.Equal("person", (string)(await AddAsync(sim, people, """{"entity":{"id":21}}""")).Json["type"]!);
        Assert.Equal(HttpStatusCode.BadRequest, (await AddAsync(sim, deals, """{"entity":{"id":500001}}""")).Status);
    }

    [Theory]
    [InlineData(true, 400)]
    [InlineData(false, 201)]
    [Proves("ROW-7")]
    public async Task Required_fields_keep_rows_out_where_they_are_enforced(bool isEnforced, int status)
    {
        await using var sim = await Sim.StartAsync(new() { Behavior = new() { RequiredFieldsEnforced = isEnforced } });
        var required = sim.Account.List.AddField("Must", FieldValueType.Text, traits: new FieldTraits { IsRequired = true });
        var answer = await AddAsync(sim, sim.Account.List, """{"entity":{"id":500001}}""");
        Assert.Equal(status, (int)answer.Status);
        Assert.True(!isEnforced || answer.Message.Contains(required.Id, StringComparison.Ordinal), answer.Body);
    }

    private static Task<Answer> AddAsync(Sim sim, AffinityList list, string body) =>
        sim.SendAsync(HttpMethod.Post, $"v2/lists/{list.Id}/list-entries", body);
}
