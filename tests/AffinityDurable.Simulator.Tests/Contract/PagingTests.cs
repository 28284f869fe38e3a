using System.Net;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class PagingTests
{
    private const int Many = 103;

    [Theory]
    [Proves(
        "PAGE-11", "PAGE-12", "PAGE-15", "PAGE-16", "PAGE-17", "PAGE-18", "PAGE-20", "PAGE-22", "QUERY-12", "QUIRK-2", "ERR-24")]
    [InlineData("v2/lists", 100)]
    [InlineData("v2/lists/101/fields", 100)]
    [InlineData("v2/lists/101/list-entries", 100)]
    [InlineData("v2/lists/101/list-entries/9000001/fields", 20)]
    [InlineData("v2/companies", 100)]
    [InlineData("v2/companies/fields", 100)]
    [InlineData("v2/companies/500003/list-entries", 100)]
    [InlineData("v2/persons", 100)]
    [InlineData("v2/persons/fields", 100)]
    [InlineData("v2/persons/21/list-entries", 100)]
    public async Task A_page_has_1_to_100_items_and_by_default(string path, int byDefault)
    {
        await using var sim = await Sim.StartAsync(account: Crowded(hasFields: path.Contains("/fields", StringComparison.Ordinal)));
        Assert.Equal(byDefault, (await sim.GetAsync(path)).Data.Count);
        Assert.Single((await sim.GetAsync($"{path}?limit=1")).Data);
        Assert.Equal(100, (await sim.GetAsync($"{path}?limit=100")).Data.Count);
        foreach (var illegal in (string[])["0", "101", "-1", "all"])
        {
            var answer = await sim.GetAsync($"{path}?limit={illegal}");
            Assert.Equal((HttpStatusCode.BadRequest, "limit"), (answer.Status, (string)answer.Error["param"]!));
        }
    }

    [Theory]
    [Proves("PAGE-1", "PAGE-2", "PAGE-3", "PAGE-4", "PAGE-5")]
    [InlineData("v2/lists")]
    [InlineData("v2/lists/101/fields")]
    [InlineData("v2/lists/101/list-entries")]
    [InlineData("v2/lists/101/list-entries/9000001/fields")]
    [InlineData("v2/companies")]
    [InlineData("v2/persons/fields")]
    public async Task Pages_lead_on_to_the_last_and_back_to_the_first(string path)
    {
        await using var sim = await Sim.StartAsync(account: Crowded(hasFields: true));
        var pages = new List<JsonArray>();
        string? previous = null;
        for (var url = $"{path}?limit=41&x=%26+1"; url is not null;)
        {
            var page = (await sim.GetAsync(url)).Json;
            Assert.Equal(["data", "pagination"], page.AsObject().Select(property => property.Key));
            Assert.Equal(["nextUrl", "prevUrl"], page["pagination"]!.AsObject().Select(property => property.Key));
            pages.Add(page["data"]!.AsArray());
            previous = (string?)page["pagination"]!["prevUrl"];
            Assert.Equal(pages.Count == 1, previous is null);
            url = (string?)page["pagination"]!["nextUrl"];
            Assert.True(url is null || (url.StartsWith($"{sim.Server.BaseAddress}{path}?", StringComparison.Ordinal) && url.Contains("limit=41&x=%26%201", StringComparison.Ordinal)), url);
        }

        Assert.Equal(41, pages[0].Count);
        Assert.True(pages.Count > 2);
        var all = pages.SelectMany(page => page).Select(item => item!["id"]!.ToJsonString()).ToList();
        Assert.Distinct(all);
        var back = (await sim.GetAsync(previous!)).Data;
        Assert.Equal(Ids(pages[^2]), Ids(back));
    }

    [Theory]
    [Proves("PAGE-10")]
    [InlineData("v2/lists")]
    [InlineData("v2/lists/101/list-entries")]
    [InlineData("v2/lists/101/fields")]
    [InlineData("v2/companies")]
    [InlineData("v2/companies/fields")]
    [InlineData("v2/persons")]
    [InlineData("v2/persons/fields")]
    public async Task A_total_count_is_not_to_be_had_of_lists_entries_entities_and_fields(string path)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync($"{path}?totalCount=true");
        Assert.Equal(["nextUrl", "prevUrl"], answer.Json["pagination"]!.AsObject().Select(property => property.Key));
    }

    /// <summary>More of everything than a page has, and one company and one person that are on a list that often.</summary>
    private static Account Crowded(bool hasFields)
    {
        var account = new Account();
        var (tenant, rows, people) = (account.Tenant, account.Tenant.AddList("Rows"), account.Tenant.AddList("People", ListType.Person));
        var (everywhere, ada) = (tenant.AddCompany("Everywhere"), tenant.FindPerson(21)!);
        for (var number = 0; number < Many; number++)
        {
            tenant.AddList($"List {number}");
            tenant.AddCompany($"Company {number}");
            tenant.AddPerson("Person", $"{number}");
            account.List.AddEntry(account.Acme);
            rows.AddEntry(everywhere);
            people.AddEntry(ada);
            if (!hasFields)
            {
                continue;
            }

            account.List.Number($"Number {number}");
            tenant.AddCompanyField($"Text {number}", FieldValueType.Text);
            tenant.AddPersonField($"Text {number}", FieldValueType.Text);
        }

        return account;
    }

    private static IEnumerable<string> Ids(JsonArray page) => page.Select(item => item!["id"]!.ToJsonString());
}
