using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Reading;

/// <summary>Rows that name persons and companies by something else than their ids.</summary>
public sealed class ReferenceTests
{
    private const string CompanySearches = "POST /v2/companies/search";
    private const string PersonSearches = "POST /v2/persons/search";

    [Fact]
    public async Task Five_thousand_rows_with_forty_owners_cost_forty_searches()
    {
        await using var app = await TestApp.StartAsync(companies: 5_000);
        var owner = app.World.List.Person("Owner");
        var owners = Enumerable.Range(0, 40).Select(n => app.World.Tenant.AddPerson($"Owner{n}", "Of Deals", $"owner{n}@example.vc")).ToList();
        app.Define(fields: "  Owner: { from: owner, resolve: email }");
        app.Export(Enumerable.Range(1, 5_000).Select(n => $"company-{n}.com,OWNER{n % 40}@example.vc"), "website,owner");

        var report = await app.RunAsync(RunMode.Plan);

        Assert.Equal(5_000, report.Plan!.Fields.Single().Filled);
        Assert.Equal(40, app.Affinity.Counters.Calls(PersonSearches));
        Assert.Equal((2 + 50 + 40, 40), (report.Calls.Read, report.Plan.Searches));
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
        Assert.NotEmpty(owners);
        Assert.NotNull(owner);
    }

    [Fact]
    public async Task Companies_of_the_list_are_found_by_any_domain_without_a_search_and_others_by_one()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        var parent = app.World.List.Company("Parent");
        var beyond = app.World.Tenant.AddCompany("Beyond", "beyond.com");
        var listed = app.World.Tenant.AddCompany("Listed", "listed.com", "listed.io");
        app.World.List.AddEntry(listed);
        app.World.Tenant.AddCompany("Not beyond.com", "notbeyond.com");
        app.Define(fields: "  Parent: { from: parent, resolve: domain }");
        app.Export(["company-1.com,https://www.listed.io/x", "company-2.com,beyond.com", "company-3.com,beyond.com"], "website,parent");

        var report = await app.RunAsync();

        Assert.Equal([listed.Id, beyond.Id, beyond.Id], app.World.Entries.Select(entry => (long?)entry.Get(parent)));
        Assert.Equal((3L, 1L), (report.Records!.Applied, app.Affinity.Counters.Calls(CompanySearches)));
        Assert.Equal(1, app.Affinity.Counters.Calls(CompanySearches, 201));
    }

    [Fact]
    public async Task A_set_takes_names_and_is_rejected_whole_where_one_of_them_is_not_known_or_not_the_only_one()
    {
        await using var app = await TestApp.StartAsync(companies: 4);
        var team = app.World.List.AddField("Team", FieldValueType.PersonMulti);
        var ada = app.World.Tenant.AddPerson("Ada", "Byron", "ada@example.vc");
        var bob = app.World.Tenant.AddPerson("Bob", "Stone", "bob@example.vc");
        app.World.Tenant.AddPerson("Cy", "Twin", "cy1@example.vc");
        app.World.Tenant.AddPerson("Cy", "Twin", "cy2@example.vc");
        app.Define("tolerate: { rejects: 9 }\nguards: { maxRejectedPercent: 100 }", fields: "  Team: { from: team, resolve: exactName }");
        app.Export(["company-1.com,Ada Byron; Bob Stone", "company-2.com,Ada Byron; Cy Twin", "company-3.com,ada byron", "company-4.com,Al"], "website,team");

        var report = await app.RunAsync();

        Assert.Equal([ada.Id, bob.Id], Assert.IsAssignableFrom<System.Collections.IEnumerable>(app.World.Entries[0].Get(team)).Cast<long>().Order());
        Assert.All(app.World.Entries.Skip(1), entry => Assert.Null(entry.Get(team)));
        Assert.Equal(
            [("AFF430", 1L), ("AFF431", 1L), ("AFF432", 1L)],
            report.RejectsByCode.OrderBy(reject => reject.Key, StringComparer.Ordinal).Select(reject => (reject.Key, reject.Value)));
        Assert.Contains("in column 'team'", await app.ReadTextAsync(report.RunId, Artefacts.RejectsCsv), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_night_finds_nothing_to_write()
    {
        await using var app = await TestApp.StartAsync(companies: 2);
        app.World.List.Company("Parent");
        app.World.Tenant.AddCompany("Beyond", "beyond.com");
        app.Define(fields: "  Parent: { from: parent, resolve: exactName }");
        app.Export(["company-1.com,Beyond", "company-2.com,Beyond"], "website,parent");
        await app.RunAsync();

        var report = await app.RunAsync();

        Assert.Equal((2L, 0), (report.Records!.Unchanged, report.Plan!.ChangedEntries));
    }

    [Fact]
    public async Task Who_was_found_by_domain_or_address_is_known_for_a_month_and_who_was_not_is_searched_again()
    {
        await using var app = await TestApp.StartAsync(companies: 2);
        app.World.List.Company("Parent");
        app.World.Tenant.AddCompany("Beyond", "beyond.com");
        app.Define("tolerate: { rejects: 9 }\nguards: { maxRejectedPercent: 100 }", fields: "  Parent: { from: parent, resolve: domain }");
        app.Export(["company-1.com,beyond.com", "company-2.com,nobody.com"], "website,parent");

        var first = await app.RunAsync(RunMode.Plan);
        app.Clock.Advance(TimeSpan.FromDays(29));
        var second = await app.RunAsync(RunMode.Plan);
        app.World.Tenant.AddCompany("Nobody yet", "nobody.com");
        app.Clock.Advance(TimeSpan.FromDays(2));
        var third = await app.RunAsync(RunMode.Plan);

        Assert.Equal((2, 1, 2), (first.Plan!.Searches, second.Plan!.Searches, third.Plan!.Searches));
        Assert.Equal((1, 1, 2), (first.Plan.ChangedEntries, second.Plan.ChangedEntries, third.Plan.ChangedEntries));
    }

    [Fact]
    public async Task A_name_is_searched_for_in_every_run_since_another_may_bear_it_tomorrow()
    {
        await using var app = await TestApp.StartAsync(companies: 1);
        app.World.List.Company("Parent");
        app.World.Tenant.AddCompany("Beyond", "beyond.com");
        app.Define("guards: { maxRejectedPercent: 100 }", fields: "  Parent: { from: parent, resolve: exactName }");
        app.Export(["company-1.com,Beyond"], "website,parent");
        await app.RunAsync(RunMode.Plan);
        app.World.Tenant.AddCompany("Beyond", "beyond.io");

        var report = await app.RunAsync(RunMode.Plan);

        Assert.Equal((0, 1L), (report.Plan!.ChangedEntries, report.RejectsByCode["AFF431"]));
    }

    [Fact]
    public async Task Searches_wait_for_the_minute_as_other_calls_do()
    {
        await using var app = await TestApp.StartAsync(companies: 60, affinity: settings => settings.Options = settings.Options with { CallsPerMinute = 40 });
        app.World.List.Person("Owner");
        foreach (var n in Enumerable.Range(1, 60))
        {
            app.World.Tenant.AddPerson("Owner", $"{n}", $"owner{n}@example.vc");
        }

        app.Define(fields: "  Owner: { from: owner, resolve: email }");
        app.Export(Enumerable.Range(1, 60).Select(n => $"company-{n}.com,owner{n}@example.vc"), "website,owner");

        var report = await app.RunAsync(RunMode.Plan);

        Assert.Equal(60, report.Plan!.Fields.Single().Filled);
        Assert.Equal(60, app.Affinity.Counters.Calls(PersonSearches));
        Assert.Equal(0, app.Affinity.Counters.Answered(429));
        Assert.NotEmpty(report.Waits);
    }

    [Fact]
    public async Task A_key_that_may_not_search_ends_the_run_before_anything_is_written()
    {
        await using var app = await TestApp.StartAsync(companies: 1);
        app.World.List.Company("Parent");
        app.Affinity.Faults.Add(new Simulator.Faults.Fault { Endpoint = CompanySearches, Status = 403, Times = null });
        app.Define(fields: "  Parent: { from: parent, resolve: domain }");
        app.Export(["company-1.com,beyond.com"], "website,parent");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, "AFF503"), (report.Outcome, report.Error?.Code));
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
    }

    [Theory]
    [InlineData("  ARR: { from: arr, resolve: domain }")]
    [InlineData("  Parent: { from: parent, resolve: email }")]
    public async Task A_field_that_holds_nobody_of_that_kind_is_refused_when_the_run_is_opened(string fields)
    {
        await using var app = await TestApp.StartAsync(companies: 1);
        app.World.List.Company("Parent");
        app.Define(fields: fields);
        app.Export(["company-1.com,1,beyond.com"], "website,arr,parent");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, "AFF155"), (report.Outcome, report.Error?.Code));
    }
}
