using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Searching;

/// <summary>What a search answers, whatever is looked for.</summary>
public sealed class SearchTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"filters":{"operator":"or","filters":[]}}""")]
    [Proves("SEARCH-1", "SEARCH-2", "QUIRK-3", "SEARCH-22")]
    public async Task A_search_without_criteria_answers_201_with_every_row_and_no_values(string? body)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SearchAsync(body);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(["Acme", "Birch"], answer.Names());
        Assert.All(answer.Data, row => Assert.Equal("[]", row!["entity"]!["fields"]!.ToJsonString()));
        Assert.Equal("""{"nextUrl":null,"prevUrl":null}""", answer.Json["pagination"]!.ToJsonString());
    }

    [Fact]
    public async Task Rows_look_like_those_of_the_list_with_the_values_that_are_asked_for()
    {
        await using var sim = await Sim.StartAsync();
        var query = $"?fieldIds={sim.Account.Arr.Id}&fieldIds={sim.Account.Sector.Id}";
        Assert.Equal((await sim.GetAsync($"v2/lists/101/list-entries{query}")).Body, (await sim.SearchAsync("{}", query)).Body);
        var byType = await sim.SearchAsync("{}", "?fieldTypes=global");
        Assert.Equal(["Sector"], byType.Data[0]!["entity"]!["fields"]!.AsArray().Select(field => (string)field!["name"]!));
    }

    [Fact]
    [Proves("ENTRY-23")]
    public async Task Fields_are_chosen_by_id_or_by_type_and_not_by_both()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SearchAsync("{}", $"?fieldIds={sim.Account.Arr.Id}&fieldTypes=list");
        Assert.Equal((HttpStatusCode.BadRequest, "fieldTypes"), (answer.Status, (string)answer.Error["param"]!));
    }

    [Fact]
    [Proves("PAGE-8")]
    public async Task The_number_of_all_rows_is_told_when_asked_for_or_as_switched_never()
    {
        await using var sim = await Sim.StartAsync();
        var counted = await sim.SearchAsync("{}", "?totalCount=true&limit=1");
        Assert.Equal((1, 2), (counted.Data.Count, (int)counted.Json["pagination"]!["totalCount"]!));
        Assert.Null((await sim.SearchAsync("{}", "?totalCount=false")).Json["pagination"]!["totalCount"]);
        Assert.Equal("totalCount", (string)(await sim.SearchAsync("{}", "?totalCount=yes")).Error["param"]!);
        sim.Server.Behavior.SearchReturnsTotalCount = false;
        Assert.Null((await sim.SearchAsync("{}", "?totalCount=true")).Json["pagination"]!["totalCount"]);
    }

    [Fact]
    public async Task Pages_follow_cursors_through_the_order_when_the_body_is_sent_again()
    {
        var account = new Account();
        for (var number = 0; number < 23; number++)
        {
            account.List.AddEntry(account.Tenant.AddCompany($"Company {number}")).Set(account.Arr, (number * 7) % 23);
        }

        await using var sim = await Sim.StartAsync(account: account);
        var body = Searches.Sort((account.Arr, "desc"));
        var seen = new List<string>();
        var path = "v2/lists/101/list-entries/search?limit=10";
        string? previous = null;
        for (string? next = path; next is not null;)
        {
            var answer = await sim.SendAsync(HttpMethod.Post, next, body);
            seen.AddRange(answer.Names());
            (next, previous) = ((string?)answer.Json["pagination"]!["nextUrl"], (string?)answer.Json["pagination"]!["prevUrl"]);
        }

        Assert.Equal((await sim.SearchAsync(body)).Names(), seen);
        Assert.Equal(25, seen.Count);
        Assert.Equal(seen[10..20], (await sim.SendAsync(HttpMethod.Post, previous!, body)).Names());
    }

    [Fact]
    public async Task A_field_that_the_version_does_not_show_cannot_be_searched_in_it()
    {
        var account = new Account();
        account.Tenant.AddBuiltInFields();
        await using var sim = await Sim.StartAsync(account: account);
        var body = Searches.All(account.List.FindField("lists")!.Filter("is-empty"));
        Assert.Equal(HttpStatusCode.Created, (await sim.SearchAsync(body)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.SearchAsync(body, version: "2026-07-15")).Status);
    }

    [Fact]
    public async Task Hidden_values_are_not_found_except_in_the_oldest_version()
    {
        var account = new Account();
        account.Entry.Set(account.Note, "secret").Hide(account.Note);
        await using var sim = await Sim.StartAsync(account: account);
        var body = Searches.All(account.Note.Filter("contains", "\"secret\""));
        Assert.Empty((await sim.SearchAsync(body)).Names());
        Assert.Empty((await sim.SearchAsync($$$"""{"search":{"term":"secret","fieldIds":["{{{account.Note.Id}}}"]}}""")).Names());
        Assert.Equal(["Acme"], (await sim.SearchAsync(body, version: "2024-01-01")).Names());
    }

    [Theory]
    [InlineData("v2/lists/101/list-entries/search", Permissions.ExportLists)]
    [InlineData("v2/companies/search", Permissions.ExportOrganizations)]
    [InlineData("v2/persons/search", Permissions.ExportPeople)]
    [Proves("PERM-3", "PERM-10", "PERM-13")]
    public async Task Each_search_needs_the_permission_for_the_whole(string path, Permissions needed)
    {
        var account = new Account();
        var user = account.Tenant.AddUser("Bob", null, "bob@example.vc");
        account.Tenant.AddApiKey("all-but-one", user, permissions: Permissions.All & ~needed);
        account.Tenant.AddApiKey("one", user, permissions: needed);
        await using var sim = await Sim.StartAsync(account: account);
        using var refused = sim.ClientFor("all-but-one");
        using var allowed = sim.ClientFor("one");
        Assert.Equal(HttpStatusCode.Forbidden, (await refused.PostAsync(path, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await allowed.PostAsync(path, null)).StatusCode);
    }
}
