using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Sources;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Reading;

/// <summary>A run for a few entries reads these and not the list.</summary>
public sealed class TargetedRunTests
{
    [Fact]
    public async Task A_new_entry_on_a_list_of_a_hundred_thousand_costs_six_calls_read_back_included()
    {
        await using var app = await TestApp.StartAsync(companies: 99_999);
        var entry = app.World.List.AddEntry(app.World.Tenant.AddCompany("Newcomer", "newcomer.com"));
        app.Define("verify: changed");
        app.Export(["newcomer.com,7,Seed,new,2026-01-02"]);

        var report = await app.RunAsync(ask: request => request with { Entries = [entry.Id] });

        Assert.Equal((RunOutcome.Succeeded, 1, 1), (report.Outcome, report.Plan!.Entries, report.Writes!.EntriesWritten));
        Assert.Equal(4, report.Verification!.Verified);
        Assert.Equal(7d, entry.Get(app.World.Arr));
        Assert.Equal(report.Calls.Total, app.Affinity.Counters.Total);
        Assert.InRange(report.Calls.Total, 1, 6);
    }

    [Fact]
    public async Task A_source_that_can_be_asked_for_single_entries_is_asked_for_those_of_the_run()
    {
        var source = new AskedSource { AnswersTargets = true };
        source.Rows.AddRange(Enumerable.Range(1, 1000).Select(n => ($"company-{n}.com", $"{n}")));
        await using var app = await TestApp.StartAsync(companies: 1000, services: services => services.AddSingleton<ISourceAdapter>(source));
        await File.WriteAllTextAsync(
            Path.Combine(app.Directory, "syncs", "portfolio.yaml"),
            "sync: portfolio\nlist: 77\nsource: { type: asked }\nmatch: [{ domain: website }]\nfields: { ARR: arr }\napproval: never\n");

        var report = await app.RunAsync(ask: request => request with { Entries = [app.World.Entries[6].Id] });

        Assert.Equal((RunOutcome.Succeeded, 1L, 1), (report.Outcome, report.Records!.Read, report.Writes!.EntriesWritten));
        Assert.Equal(7d, app.World.Entries[6].Get(app.World.Arr));
        Assert.InRange(report.Calls.Total, 1, 6);
    }

    [Fact]
    public async Task Entries_that_are_not_on_the_list_are_passed_over()
    {
        await using var app = await TestApp.StartAsync(companies: 30);
        app.Define();
        app.ExportAll(n => n);

        var report = await app.RunAsync(ask: request => request with { Entries = [app.World.Entries[4].Id, 987_654_321, app.World.Entries[4].Id] });

        Assert.Equal((RunOutcome.Succeeded, 1, 1), (report.Outcome, report.Plan!.Entries, report.Writes!.EntriesWritten));
        Assert.Equal(29, report.Records!.Unmatched);
    }

    [Fact]
    public async Task A_minute_limit_in_the_midst_is_waited_out_and_reading_goes_on()
    {
        await using var app = await TestApp.StartAsync(companies: 120, affinity: simulator => simulator.Options = simulator.Options with { CallsPerMinute = 40 });
        app.Define();
        app.ExportAll(n => n);
        var ids = app.World.Entries.Take(NamedEntriesReader.Most).Select(entry => entry.Id).ToList();

        var report = await app.RunAsync(ask: request => request with { Entries = ids });

        Assert.Equal((RunOutcome.Succeeded, 100, 100), (report.Outcome, report.Plan!.Entries, report.Writes!.EntriesWritten));
        Assert.Equal(0, app.Affinity.Counters.Answered(429));
    }

    [Fact]
    public async Task More_entries_than_a_page_holds_are_found_in_the_pages()
    {
        await using var app = await TestApp.StartAsync(companies: 150);
        app.Define();
        app.ExportAll(n => n);
        var ids = app.World.Entries.Take(NamedEntriesReader.Most + 1).Select(entry => entry.Id).ToList();

        var report = await app.RunAsync(RunMode.Plan, ask: request => request with { Entries = ids });

        Assert.Equal((150, 101), (report.Plan!.Entries, report.Plan.ChangedEntries));
        Assert.InRange(report.Calls.Total, 1, 6);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_read_fails_the_run()
    {
        await using var app = await TestApp.StartAsync(companies: 30);
        app.Define();
        app.ExportAll(n => n);
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = "/list-entries/", Times = null, Status = 403, Message = "no" });

        var report = await app.RunAsync(ask: request => request with { Entries = [app.World.Entries[4].Id] });

        Assert.Equal((RunOutcome.Failed, "AFF503"), (report.Outcome, report.Error?.Code));
    }
}
