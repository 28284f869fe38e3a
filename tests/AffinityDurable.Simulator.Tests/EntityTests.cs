using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

/// <summary>Companies and persons: what is the same for both is tested with both.</summary>
public sealed class EntityTests
{
    [Fact]
    [Proves("ENT-9", "ENT-1", "ENT-2", "ENT-3")]
    public async Task Companies_are_paged_in_id_order_without_values()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Tenant.AddCompany("Nameless", [], isGlobal: false, id: null);
        var first = await sim.GetAsync("v2/companies?limit=2");
        Assert.Equal(["Acme", "Birch"], first.Data.Select(company => (string)company!["name"]!));
        var rest = await sim.GetAsync(new Uri((string)first.Json["pagination"]!["nextUrl"]!).PathAndQuery[1..]);
        Assert.Equal(
            """{"id":500003,"name":"Nameless","domain":null,"domains":[],"isGlobal":false}""", rest.Data.Single()!.ToJsonString());
        Assert.Null(rest.Json["pagination"]!["nextUrl"]);
    }

    [Fact]
    [Proves("ENT-24", "ENT-5", "ENT-6", "ENT-7", "ENT-8")]
    public async Task Persons_are_paged_and_users_are_among_them()
    {
        await using var sim = await Sim.StartAsync();
        var bob = sim.Account.Tenant.AddPerson("Bob", null);
        var persons = (await sim.GetAsync("v2/persons")).Data;
        Assert.Equal(
            """{"id":21,"firstName":"Ada","lastName":"Lovelace","primaryEmailAddress":"ada@example.vc","emailAddresses":["ada@example.vc"],"type":"internal"}""",
            persons[0]!.ToJsonString());
        Assert.Equal(21, (long)(await sim.GetAsync("v2/auth/whoami")).Json["user"]!["id"]!);
        Assert.Equal(
            $$"""{"id":{{bob.Id}},"firstName":"Bob","lastName":null,"primaryEmailAddress":null,"emailAddresses":[],"type":"external"}""",
            (await sim.GetAsync($"v2/persons/{bob.Id}")).Body);
    }

    [Theory]
    [InlineData("ids=500002", new[] { 500002 })]
    [InlineData("ids=500002&ids=500001", new[] { 500001, 500002 })]
    [InlineData("ids=1&ids=500002", new[] { 500002 })]
    [InlineData("ids=500001&ids=500001", new[] { 500001 })]
    [Proves("ENT-10", "ENT-33")]
    public async Task Ids_choose_companies(string query, int[] expected)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(expected, (await sim.GetAsync($"v2/companies?{query}")).Data.Select(company => (int)company!["id"]!));
    }

    [Fact]
    [Proves("ENT-33")]
    public async Task Ids_that_do_not_exist_are_refused_when_switched_so()
    {
        await using var sim = await Sim.StartAsync(new() { Behavior = new() { UnknownIdsRefused = true } });
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync("v2/companies?ids=1&ids=500002")).Status);
    }

    [Fact]
    [Proves("ENT-32")]
    public async Task More_than_a_hundred_ids_are_taken_and_paged_by_a_hundred()
    {
        await using var sim = await Sim.StartAsync();
        var ids = Enumerable.Range(0, 130).Select(n => sim.Account.Tenant.AddCompany($"Company {n}").Id).ToList();
        var answer = await sim.GetAsync($"v2/companies?{string.Join('&', ids.Select(id => $"ids={id}"))}");
        Assert.Equal(100, answer.Data.Count);
        var rest = await sim.GetAsync(new Uri((string)answer.Json["pagination"]!["nextUrl"]!).PathAndQuery[1..]);
        Assert.Equal(ids[100..], rest.Data.Select(company => (long)company!["id"]!));
    }

    [Fact]
    [Proves("ENT-11", "ENT-13")]
    public async Task Values_of_companies_come_when_asked_for_by_id_or_type_but_never_list_values()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Acme.Set(sim.Account.Sector, "Fintech").Set(sim.Account.Employees, 12);
        foreach (var (query, expected) in new[] { ("fieldTypes=enriched", "dealroom-number-of-employees"), ($"fieldIds={sim.Account.Sector.Id}", sim.Account.Sector.Id) })
        {
            var one = (await sim.GetAsync($"v2/companies/500001?{query}")).Json["fields"]!.AsArray();
            var ofPage = (await sim.GetAsync($"v2/companies?ids=500001&{query}")).Data[0]!["fields"]!.AsArray();
            Assert.Equal(expected, (string)one.Single()!["id"]!);
            Assert.Equal(one.ToJsonString(), ofPage.ToJsonString());
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await sim.GetAsync("v2/companies?fieldTypes=list")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.GetAsync("v2/persons?fieldTypes=list")).Status);
    }

    [Theory]
    [InlineData("filter=name%3DAcme")]
    [InlineData("term=Acme")]
    [Proves("ENT-12")]
    public async Task Companies_ignore_filter_and_term(string query)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(2, (await sim.GetAsync($"v2/companies?{query}")).Data.Count);
    }

    [Fact]
    [Proves("ENT-14", "ENT-25")]
    public async Task Field_metadata_of_companies_and_persons_takes_filter_and_includes()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Tenant.AddPersonField("Mood", FieldValueType.Text);
        Assert.Equal(
            ["dealroom-number-of-employees", sim.Account.Sector.Id, "last-email"],
            (await sim.GetAsync("v2/companies/fields")).Data.Select(field => (string)field!["id"]!));
        var found = (await sim.GetAsync("v2/companies/fields?filter=name%3D~sect&includes=sortability")).Data.Single()!.AsObject();
        Assert.Equal("Sector", (string)found["name"]!);
        Assert.True(found.ContainsKey("sortability"));
        Assert.False(found.ContainsKey("filterability"));
        Assert.Equal("Mood", (string)(await sim.GetAsync("v2/persons/fields")).Data.Single()!["name"]!);
    }

    [Fact]
    [Proves("ENT-15", "ENT-16", "ENT-17", "ENTRY-20")]
    public async Task Values_of_a_company_come_all_or_by_ids_or_by_types_but_not_by_both()
    {
        await using var sim = await Sim.StartAsync();
        var markets = sim.Account.Tenant.AddCompanyField("Markets", FieldValueType.FilterableTextMulti);
        sim.Account.Acme.Set(sim.Account.Sector, "Fintech").Set(markets, new[] { "EU", "US" });
        Assert.Equal(4, (await sim.GetAsync("v2/companies/500001/fields")).Data.Count);
        Assert.Equal(markets.Id, (string)(await sim.GetAsync($"v2/companies/500001/fields?ids={markets.Id}")).Data.Single()!["id"]!);
        Assert.Equal("last-email", (string)(await sim.GetAsync("v2/companies/500001/fields?types=relationship-intelligence")).Data.Single()!["id"]!);
        var both = await sim.GetAsync($"v2/companies/500001/fields?ids={markets.Id}&types=global");
        Assert.Equal((HttpStatusCode.BadRequest, "validation"), (both.Status, (string)both.Error["code"]!));
        Assert.Equal("Fintech", (string)(await sim.GetAsync($"v2/companies/500001/fields/{sim.Account.Sector.Id}")).Json["value"]!["data"]!);
        Assert.Equal(["EU", "US"], (await sim.GetAsync($"v2/companies/500001/fields/{markets.Id}/values")).Data.Select(item => (string)item!));
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync("v2/companies/500001/fields/field-999")).Status);
    }

    [Fact]
    [Proves("ENT-26")]
    public async Task Values_of_a_person_are_read_the_same_ways()
    {
        await using var sim = await Sim.StartAsync();
        var tags = sim.Account.Tenant.AddPersonField("Tags", FieldValueType.DropdownMulti).WithOptions(sim.Account.Tenant, "A", "B");
        var bob = sim.Account.Tenant.AddPerson("Bob", null).Set(tags, new[] { "A", "B" });
        Assert.Equal(tags.Id, (string)(await sim.GetAsync($"v2/persons/{bob.Id}/fields")).Data.Single()!["id"]!);
        Assert.Equal(2, (int)(await sim.GetAsync($"v2/persons/{bob.Id}/fields/{tags.Id}")).Json["value"]!["totalCount"]!);
        Assert.Equal(["A", "B"], (await sim.GetAsync($"v2/persons/{bob.Id}/fields/{tags.Id}/values")).Data.Select(item => (string)item!["text"]!));
    }

    [Fact]
    [Proves("ENT-22", "ENT-30")]
    public async Task The_entries_of_a_company_or_person_on_all_lists_come_in_one_call()
    {
        await using var sim = await Sim.StartAsync();
        var deals = sim.Account.Tenant.AddList("Deals");
        deals.AddEntry(sim.Account.Acme);
        deals.AddEntry(sim.Account.Acme);
        var people = sim.Account.Tenant.AddList("People", ListType.Person);
        var bob = sim.Account.Tenant.AddPerson("Bob", null);
        people.AddEntry(bob);
        Assert.Equal(
            ["Portfolio", "Deals", "Deals"], (await sim.GetAsync("v2/companies/500001/list-entries")).Data.Select(entry => (string)entry!["listName"]!));
        Assert.Equal("People", (string)(await sim.GetAsync($"v2/persons/{bob.Id}/list-entries")).Data.Single()!["listName"]!);
    }

    [Fact]
    [Proves("OPT-17", "OPT-19", "OPT-20")]
    public async Task Options_of_global_fields_are_read_below_companies_and_persons()
    {
        await using var sim = await Sim.StartAsync();
        var tenant = sim.Account.Tenant;
        var tier = tenant.AddCompanyField("Tier", FieldValueType.Dropdown).WithOptions(tenant, "Gold");
        var role = tenant.AddPersonField("Role", FieldValueType.RankedDropdown).WithOptions(tenant, "Chair");
        Assert.Equal("Gold", (string)(await sim.GetAsync($"v2/companies/fields/{tier.Id}/dropdown-options")).Data.Single()!["text"]!);
        Assert.Equal("Chair", (string)(await sim.GetAsync($"v2/persons/fields/{role.Id}/dropdown-options")).Data.Single()!["text"]!);
        foreach (var (id, status) in new[] { (sim.Account.Sector.Id, 400), ("field-x", 400), ("Field_1", 400), ("field-99999", 404), (role.Id, 404) })
        {
            Assert.Equal(status, (int)(await sim.GetAsync($"v2/companies/fields/{id}/dropdown-options")).Status);
        }
    }

    [Fact]
    public async Task Merged_entities_leave_the_pages_and_answer_422_when_named()
    {
        await using var sim = await Sim.StartAsync();
        var (bob, bert) = (sim.Account.Tenant.AddPerson("Bob", null), sim.Account.Tenant.AddPerson("Bert", null));
        bob.MergeInto(bert);
        sim.Account.Acme.MergeInto(sim.Account.Birch);
        Assert.DoesNotContain(bob.Id, (await sim.GetAsync("v2/persons")).Data.Select(person => (long)person!["id"]!));
        Assert.Equal("Birch", (string)(await sim.GetAsync("v2/companies")).Data.Single()!["name"]!);
        foreach (var path in new[] { "", "/fields", "/list-entries", $"/fields/{sim.Account.Sector.Id}" })
        {
            var answer = await sim.GetAsync($"v2/companies/500001{path}");
            Assert.Equal((422, "500001 no longer exists as it has been merged into 500002"), ((int)answer.Status, answer.Message));
        }

        Assert.Equal(422, (int)(await sim.GetAsync($"v2/persons/{bob.Id}")).Status);
    }
}
