using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class ListContractTests
{
    [Theory]
    [Proves("LIST-22")]
    [InlineData(ListType.Company, "company")]
    [InlineData(ListType.Opportunity, "opportunity")]
    [InlineData(ListType.Person, "person")]
    public async Task A_list_is_of_companies_opportunities_or_persons(ListType type, string wireName)
    {
        await using var sim = await Sim.StartAsync();
        var list = sim.Account.Tenant.AddList("Another", type, isPublic: false);
        Assert.Equal(wireName, (string)(await sim.GetAsync($"v2/lists/{list.Id}")).Json["type"]!);
        Assert.Equal(["company", wireName], (await sim.GetAsync("v2/lists")).Data.Select(each => (string)each!["type"]!));
    }

    [Fact]
    [Proves("LIST-9", "LIST-10", "LIST-11", "LIST-12", "LIST-13")]
    public async Task Entries_their_fields_and_their_values_are_read_page_by_page_or_one_by_one()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Entry.Set(sim.Account.Tags, new[] { "AI" });
        var page = await sim.GetAsync("v2/lists/101/list-entries");
        var entry = await sim.GetAsync(sim.EntryPath);
        var fields = await sim.GetAsync($"{sim.EntryPath}/fields?ids={sim.Account.Tags.Id}");
        var field = await sim.GetAsync($"{sim.EntryPath}/fields/{sim.Account.Tags.Id}");
        var values = await sim.GetAsync($"{sim.EntryPath}/fields/{sim.Account.Tags.Id}/values");
        Assert.All(new[] { page, entry, fields, field, values }, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(page.Data[0]!.ToJsonString(), entry.Body);
        Assert.Equal(fields.Data.Single()!.ToJsonString(), field.Body);
        Assert.Equal(field.Json["value"]!["data"]!.ToJsonString(), values.Data.ToJsonString());
    }

    [Theory]
    [Proves("LIST-16", "LIST-17")]
    [InlineData("v2/lists/101/list-entries/9000001")]
    [InlineData("v2/lists/101")]
    [InlineData("v2/lists/101/fields/field-1001")]
    public async Task Neither_entries_nor_lists_nor_fields_can_be_deleted(string path)
    {
        await using var sim = await Sim.StartAsync();
        var (lists, fields, entries) = (await sim.GetAsync("v2/lists"), await sim.GetAsync("v2/lists/101/fields"), await sim.GetAsync("v2/lists/101/list-entries"));
        Assert.Contains((await sim.SendAsync(HttpMethod.Delete, path)).Status, (HttpStatusCode[])[HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound]);
        Assert.Equal(lists.Body, (await sim.GetAsync("v2/lists")).Body);
        Assert.Equal(fields.Body, (await sim.GetAsync("v2/lists/101/fields")).Body);
        Assert.Equal(entries.Body, (await sim.GetAsync("v2/lists/101/list-entries")).Body);
    }

    [Theory]
    [Proves("LIST-18")]
    [InlineData("v2/companies", """{"name":"New","domain":"new.example"}""")]
    [InlineData("v2/opportunities", """{"name":"New","listId":101}""")]
    public async Task Neither_companies_nor_opportunities_can_be_created(string path, string body)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SendAsync(HttpMethod.Post, path, body);
        Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound]);
        Assert.Equal(2, sim.Account.Tenant.Companies.Count);
    }

    [Theory]
    [Proves("LIST-24")]
    [InlineData("1", HttpStatusCode.NotFound)]
    [InlineData("9007199254740991", HttpStatusCode.NotFound)]
    [InlineData("0", HttpStatusCode.BadRequest)]
    [InlineData("-1", HttpStatusCode.BadRequest)]
    [InlineData("9007199254740992", HttpStatusCode.BadRequest)]
    [InlineData("1.5", HttpStatusCode.BadRequest)]
    [InlineData("one", HttpStatusCode.BadRequest)]
    public async Task Ids_are_integers_below_2_to_the_53(string id, HttpStatusCode status)
    {
        await using var sim = await Sim.StartAsync();
        foreach (var path in (string[])[$"v2/lists/{id}", $"v2/lists/101/list-entries/{id}", $"v2/companies/{id}", $"v2/persons/{id}"])
        {
            Assert.Equal(status, (await sim.GetAsync(path)).Status);
        }
    }

    [Fact]
    [Proves("QUIRK-10")]
    public async Task An_opportunity_carries_no_persons_and_no_companies()
    {
        var account = new Account();
        var list = account.Tenant.AddList("Deals", ListType.Opportunity);
        list.Company("Company");
        list.AddOpportunity("Big one");
        await using var sim = await Sim.StartAsync(account: account);
        var entity = (await sim.GetAsync($"v2/lists/{list.Id}/list-entries")).Data.Single()!["entity"]!.AsObject();
        Assert.Equal(["id", "name", "listId"], entity.Select(property => property.Key));
    }

    [Fact]
    [Proves("QUIRK-14")]
    public async Task No_header_names_the_request()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync("v2/lists");
        Assert.Null(answer.Header("X-Request-Id"));
        Assert.Null(answer.Header("Request-Id"));
    }
}
