using System.Net;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class LookupTests
{
    [Theory]
    [Proves("ENT-35")]
    [InlineData("acme.com", "Acme, Not Acme")]
    [InlineData("cme.co", "Acme, Not Acme")]
    [InlineData("ACME", "Acme, Not Acme")]
    [InlineData("acme.io", "")]
    public async Task Companies_are_found_by_a_part_of_the_primary_domain_and_by_no_other(string term, string found)
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Tenant.AddCompany("Not Acme", "not-acme.com");
        var answer = await sim.SendAsync(HttpMethod.Post, "v2/companies/search", $$$"""{"search":{"term":"{{{term}}}"}}""");
        Assert.Equal(found, string.Join(", ", answer.Data.Select(company => (string)company!["name"]!)));
    }

    [Theory]
    [Proves("MSG-2")]
    [InlineData("v2/companies/search")]
    [InlineData("v2/lists/101/list-entries/search")]
    public async Task A_total_count_is_asked_for_by_a_boolean(string path)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SendAsync(HttpMethod.Post, $"{path}?totalCount=yes", "{}");
        Assert.Equal((HttpStatusCode.BadRequest, "value at root is not a boolean"), (answer.Status, answer.Message));
        Assert.Equal("totalCount", (string)answer.Error["param"]!);
    }

    [Fact]
    [Proves("ENT-21", "ENT-30", "PAGE-19")]
    public async Task The_lists_of_a_company_or_a_person_are_those_it_is_on_each_once()
    {
        var account = new Account();
        var tenant = account.Tenant;
        var lists = Enumerable.Range(1, 102).Select(number => tenant.AddList($"List {number}")).ToList();
        var people = tenant.AddList("People", ListType.Person);
        lists.ForEach(list => list.AddEntry(account.Birch));
        lists[0].AddEntry(account.Birch);
        people.AddEntry(tenant.FindPerson(21)!);
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal((await sim.GetAsync("v2/lists/101")).Body, (await sim.GetAsync("v2/companies/500001/lists")).Data.Single()!.ToJsonString());
        Assert.Equal("People", (string)(await sim.GetAsync("v2/persons/21/lists")).Data.Single()!["name"]!);
        var first = await sim.GetAsync("v2/companies/500002/lists");
        var second = await sim.GetAsync((string)first.Json["pagination"]!["nextUrl"]!);
        Assert.Equal(100, first.Data.Count);
        Assert.Equal(tenant.Lists.Take(103).Select(list => list.Id), first.Data.Concat(second.Data).Select(Id));
        Assert.Single((await sim.GetAsync("v2/companies/500002/lists?limit=1")).Data);
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.GetAsync("v2/companies/500002/lists?limit=101")).Status);
    }

    [Theory]
    [Proves("ERR-28")]
    [InlineData("page_size=501")]
    [InlineData("page_size=none")]
    [InlineData("page_token=none")]
    public async Task Validation_of_the_older_API_answers_422(string query)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sim.GetAsync($"organizations?{query}")).Status);
    }

    private static long Id(JsonNode? item) => (long)item!["id"]!;
}
