using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Reading;

/// <summary>Whole runs whose rows find their entries by something else than ids and domains of companies.</summary>
public sealed class MatchKeyTests
{
    [Fact]
    public async Task People_are_found_by_any_of_their_addresses()
    {
        await using var app = await TestApp.StartAsync(companies: 1);
        var people = app.World.Tenant.AddList("People", ListType.Person, id: 78);
        var score = people.Number("Score");
        var ada = people.AddEntry(app.World.Tenant.AddPerson("Ada", "Lovelace", "ada@example.vc", "ada@home.org"));
        var bob = people.AddEntry(app.World.Tenant.AddPerson("Bob", null, "bob@example.vc"));
        Define(app, 78, "Score: score", "- email: mail");
        app.Export([" ADA@home.org ,7", "bob@example.vc,8", "carol@example.vc,9"], "mail,score");

        var report = await app.RunAsync();

        Assert.Equal((7d, 8d), (ada.Get(score), bob.Get(score)));
        Assert.Equal((2L, 1L), (report.Records!.Applied, report.Records.Unmatched));
    }

    [Fact]
    public async Task Opportunities_are_found_by_the_domain_of_their_organization_or_of_the_one_above()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        var deals = app.World.Tenant.AddList("Deals", ListType.Opportunity, id: 78);
        var organization = deals.AddField("Organization", FieldValueType.CompanyMulti);
        var score = deals.Number("Score");
        var entries = Enumerable.Range(0, 3).Select(n => deals.AddOpportunity($"Deal {n + 1}").Set(organization, new[] { app.World.Entries[n].Entity.Id })).ToList();
        Define(app, 78, "Score: score", "- field: { name: Organization, by: domain, column: website, parentDomain: true }");
        app.Export(["https://www.company-1.com/about,1", "shop.company-2.com,2", "company-9.com,9"], "website,score");

        var report = await app.RunAsync();

        Assert.Equal([1d, 2d, null], entries.Select(entry => (double?)entry.Get(score)));
        Assert.Equal((2L, 1L), (report.Records!.Applied, report.Records.Unmatched));
    }

    [Fact]
    public async Task Entries_are_found_by_a_field_that_is_not_mapped_and_costs_no_call()
    {
        await using var app = await TestApp.StartAsync(companies: 4);
        var external = app.World.List.Text("External ID");
        foreach (var (n, id) in new[] { "A-1", "A-2", "A-3", "A-3" }.Index())
        {
            app.World.Entries[n].Set(external, id);
        }

        Define(app, 77, "ARR: arr", "- field: { name: External ID, column: ext_id }");
        app.Export(["A-1,1", "A-2,2", "A-3,3", "a-1,4"], "ext_id,arr");

        var report = await app.RunAsync();

        Assert.Equal([1d, 2d, null, null], app.World.ArrValues);
        Assert.Equal((2L, 1L, 1L), (report.Records!.Applied, report.Records.Rejected, report.Records.Unmatched));
        Assert.Equal(1, report.RejectsByCode["AFF302"]);
        Assert.Equal(3, report.Calls.Read);
        Assert.DoesNotContain("A-1", await app.ReadTextAsync(report.RunId, Artefacts.BeforeCsv), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_the_list_lacks_ends_the_run_before_anything_is_read()
    {
        await using var app = await TestApp.StartAsync(companies: 1);
        Define(app, 77, "ARR: arr", "- field: { name: Extern ID, column: ext_id }");
        app.Export(["A-1,1"], "ext_id,arr");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, "AFF130"), (report.Outcome, report.Error?.Code));
    }

    private static void Define(TestApp app, long list, string fields, string match) => File.WriteAllText(
        Path.Combine(app.Directory, "syncs", "portfolio.yaml"),
        $"sync: portfolio\nlist: {list}\nsource: {{ type: csv, path: portfolio.csv }}\nmatch:\n  {match}\nfields:\n  {fields}\napproval: never\nverify: none\nguards: {{ minRows: 1 }}\n");
}
