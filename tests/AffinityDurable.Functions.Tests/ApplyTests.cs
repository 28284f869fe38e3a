using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests;

/// <summary>Writing a plan: what may go wrong on the way, and what becomes of it.</summary>
public sealed class ApplyTests
{
    [Fact]
    public async Task A_hundred_and_one_changed_fields_of_an_entry_take_two_calls()
    {
        await using var app = await TestApp.StartAsync(companies: 1);
        var fields = Enumerable.Range(0, 101).Select(n => app.World.List.Number($"Figure {n}")).ToList();
        app.Define(fields: string.Join("\n", fields.Select((field, n) => $"  {field.Name}: f{n}")));
        app.Export(["company-1.com," + string.Join(",", Enumerable.Range(0, 101))], header: "website," + string.Join(",", fields.Select((_, n) => $"f{n}")));

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 2, 2L), (report.Outcome, report.Calls.Write, app.Affinity.Counters.AcceptedPatches));
        Assert.Equal(2, report.Plan!.WriteCalls);
        Assert.Equal(100d, app.World.Entries[0].Get(fields[100]));
    }

    [Fact]
    public async Task What_crosses_a_step_stays_small_however_many_fields_a_sync_has()
    {
        await using var app = await TestApp.StartAsync(companies: 30);
        var fields = Enumerable.Range(0, 400).Select(n => app.World.List.Number($"A figure with quite a long name, number {n}")).ToList();
        app.World.Entries.ForEach(entry => fields.ForEach(field => entry.Set(field, 1d)));
        app.Define("guards: { maxOverwrittenPercent: 100 }", string.Join("\n", fields.Select((field, n) => $"  '{field.Name}': f{n}")));
        app.Export(
            Enumerable.Range(1, 30).Select(n => $"company-{n}.com," + string.Join(",", Enumerable.Repeat(2, 400))),
            header: "website," + string.Join(",", fields.Select((_, n) => $"f{n}")));

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 802), (report.Outcome, report.Guards.Count));
        var history = (await app.Host.Engine.ReadHistoryAsync(report.RunId)).Concat(await app.Host.Engine.ReadHistoryAsync(ApplyOrchestrator.IdFor(report.RunId)));
        Assert.All(history, step => Assert.InRange(step.Payload?.Length ?? 0, 0, 16 * 1024));
    }

    [Fact]
    public async Task A_value_that_changed_since_an_old_plan_is_drift_and_stays()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        app.Define("recheckAfter: 0s");
        app.ExportAll(n => n);
        var edited = app.World.Entries[1];
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = $"/list-entries/{edited.Id}", OnMatch = () => Task.FromResult(edited.Set(app.World.Arr, 99d)) });

        var report = await app.RunAsync();

        Assert.Equal(RunOutcome.Partial, report.Outcome);
        Assert.Equal((1L, 2L, 1L), (report.Records!.Drifted, report.Records.Applied, report.Writes!.FieldsDrifted));
        Assert.Equal(99d, edited.Get(app.World.Arr));
        Assert.Equal("note 2", edited.Get(app.World.Notes));
    }

    [Fact]
    public async Task An_entry_that_Affinity_refuses_is_a_reject_and_the_rest_is_written()
    {
        await using var app = await TestApp.StartAsync(companies: 4);
        app.Define();
        app.ExportAll(n => n);
        app.Affinity.Faults.FailNext(1, 403, "PATCH", $"/list-entries/{app.World.Entries[2].Id}/");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, 3L, 1L), (report.Outcome, report.Records!.Applied, report.Records.Rejected));
        Assert.Equal(4, report.RejectsByCode[AffinityErrors.Forbidden.Id]);
        Assert.Contains("Company 3", await app.ReadTextAsync(report.RunId, Artefacts.RejectsCsv), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_not_repeated()
    {
        await using var app = await TestApp.StartAsync(companies: 10, settings: new() { ["Affinity:MaxRetries"] = "0" });
        app.Define();
        app.ExportAll(n => n);
        app.Affinity.Faults.CutNext(3, afterCommit: true, "PATCH");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 10L), (report.Outcome, report.Records!.Applied));
        Assert.All(app.World.Entries, entry => Assert.Equal(1, app.Affinity.Counters.PatchesOf(entry.Id)));
    }

    [Fact]
    public async Task A_doubtful_write_stays_in_doubt_when_the_look_at_it_fails()
    {
        await using var app = await TestApp.StartAsync(companies: 5);
        app.Define();
        app.ExportAll(n => n);
        var entry = app.World.Entries[1];
        app.Affinity.Faults.CutNext(1, afterCommit: true, "PATCH", $"/list-entries/{entry.Id}/");
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = $"/list-entries/{entry.Id}", Status = 429, Times = 6, OnMatch = () => Task.FromResult(entry.Set(app.World.Arr, 99d)) });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, 1L), (report.Outcome, report.Records!.Drifted));
        Assert.Equal((99d, 1), (entry.Get(app.World.Arr), app.Affinity.Counters.PatchesOf(entry.Id)));
    }

    [Fact]
    public async Task An_entry_that_never_answers_does_not_hold_up_the_others()
    {
        await using var app = await TestApp.StartAsync(companies: 120);
        app.Define();
        app.ExportAll(n => n);
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", PathContains = $"/list-entries/{app.World.Entries[2].Id}/", Status = 500, Times = null });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, 119L, 1L), (report.Outcome, report.Records!.Applied, report.Records.Rejected));
        Assert.Equal(4, report.RejectsByCode[AffinityErrors.Unavailable.Id]);
    }

    [Fact]
    public async Task A_429_that_never_ends_ends_the_run()
    {
        await using var app = await TestApp.StartAsync(companies: 5);
        app.Define();
        app.ExportAll(n => n);
        app.Affinity.Faults.Add(new Fault { Status = 429, Times = null });

        var report = await app.RunAsync();

        Assert.Equal(RunOutcome.Failed, report.Outcome);
        Assert.InRange((await app.Host.Engine.ReadHistoryAsync(report.RunId)).Count, 1, 500);
    }

    [Fact]
    public async Task A_look_for_the_survivor_of_a_merge_that_fails_is_made_again()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        var survivor = app.World.Tenant.AddCompany("Survivor", "survivor.example");
        var successor = app.World.List.AddEntry(survivor);
        app.Define();
        app.ExportAll(n => n);
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", OnMatch = () => Merge((Company)app.World.Entries[1].Entity, survivor) });
        app.Affinity.Faults.FailNext(6, 429, "GET", "/companies/");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 3L), (report.Outcome, report.Records!.Applied));
        Assert.Equal(2d, successor.Get(app.World.Arr));
    }

    [Fact]
    public async Task A_lasting_outage_ends_the_run_as_failed_and_says_what_is_left()
    {
        await using var app = await TestApp.StartAsync(companies: 10);
        app.Define();
        app.ExportAll(n => n);
        app.Affinity.Faults.WritesBroken = true;

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, AffinityErrors.Unavailable.Id), (report.Outcome, report.Error?.Code));
        Assert.Equal((0L, 10L), (report.Records!.Applied, report.Records.Deferred));
    }

    [Fact]
    public async Task A_spent_month_defers_the_rest_to_a_later_run()
    {
        await using var app = await TestApp.StartAsync(companies: 30, affinity: settings => settings.Options = settings.Options with { CallsPerMonth = 20 });
        app.Define();
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, AffinityErrors.MonthlyLimit.Id), (report.Outcome, report.Error?.Code));
        Assert.Equal(30, report.Records!.Applied + report.Records.Deferred);
        Assert.InRange(report.Records.Applied, 10, 20);
        app.Affinity.Limits.CallsPerMonth = null;
        Assert.Equal(report.Records.Deferred, (await app.RunAsync()).Records!.Applied);
        Assert.All(app.World.Entries, entry => Assert.Equal(1, app.Affinity.Counters.PatchesOf(entry.Id)));
    }

    [Fact]
    public async Task Too_many_calls_at_once_are_waited_out()
    {
        await using var app = await TestApp.StartAsync(companies: 400, affinity: settings => settings.Options = settings.Options with { Concurrency = 1 });
        app.Define("maxParallelBatches: 3");
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 400L), (report.Outcome, report.Records!.Applied));
    }

    [Fact]
    public async Task A_key_that_is_no_longer_accepted_ends_the_run()
    {
        await using var app = await TestApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        app.World.Tenant.RevokeApiKey(Tenant.DefaultApiKey);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, AffinityErrors.Unauthenticated.Id), (report.Outcome, report.Error?.Code));
    }

    [Fact]
    public async Task A_set_that_a_page_cuts_off_is_read_in_full_before_it_is_compared()
    {
        await using var app = await TestApp.StartAsync(companies: 2);
        var options = Enumerable.Range(1, 130).Select(n => $"Tag {n}").ToArray();
        var tags = app.World.List.DropdownMulti("Tags", options);
        app.World.Entries[0].Set(tags, options);
        app.World.Entries[1].Set(tags, options);
        app.Define(fields: "  Tags: tags");
        app.Export([$"company-1.com,{string.Join(";", options)}", $"company-2.com,{string.Join(";", options.Skip(1))}"], header: "website,tags");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 1L, 1L), (report.Outcome, report.Records!.Unchanged, report.Records.Applied));
        Assert.Equal(0, app.Affinity.Counters.PatchesOf(app.World.Entries[0].Id));
    }

    [Fact]
    public async Task A_run_can_be_restricted_to_entries_or_to_domains()
    {
        await using var app = await TestApp.StartAsync(companies: 30);
        app.Define();
        app.ExportAll(n => n);

        var byEntry = await app.RunAsync(ask: request => request with { Entries = [app.World.Entries[4].Id] });
        var byDomain = await app.RunAsync(ask: request => request with { Domains = ["https://www.Company-7.com/about"] });

        Assert.Equal((1L, 29L), (byEntry.Records!.Applied, byEntry.Records.Unmatched));
        Assert.Equal((1L, 29L), (byDomain.Records!.Applied, byDomain.Records.OutOfScope));
        Assert.Equal([5d, 7d], app.World.ArrValues.OfType<double>());
    }

    [Fact]
    public async Task A_company_that_is_merged_under_the_run_is_followed_and_reported()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        var survivor = app.World.Tenant.AddCompany("Survivor", "survivor.example");
        var successor = app.World.List.AddEntry(survivor);
        var merged = app.World.Entries[1];
        app.Define();
        app.ExportAll(n => n);
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", OnMatch = () => Merge((Company)merged.Entity, survivor) });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 3L), (report.Outcome, report.Records!.Applied));
        Assert.Equal(2d, successor.Get(app.World.Arr));
        Assert.Contains(report.Notes, note => note.Contains($"{successor.Id}", StringComparison.Ordinal) && note.Contains($"{merged.Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_merged_company_whose_survivor_has_a_row_of_its_own_is_a_reject_that_names_the_survivor()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        var (merged, survivor) = (app.World.Entries[2], app.World.Entries[0]);
        app.Define();
        app.ExportAll(n => n);
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", OnMatch = () => Merge((Company)merged.Entity, (Company)survivor.Entity) });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, 2L, 1L), (report.Outcome, report.Records!.Applied, report.Records.Rejected));
        Assert.Contains($"{survivor.Entity.Id}", await app.ReadTextAsync(report.RunId, Artefacts.RejectsCsv), StringComparison.Ordinal);
        Assert.Equal(1d, survivor.Get(app.World.Arr));
    }

    private static Task Merge(Company company, Company survivor)
    {
        company.MergeInto(survivor);
        return Task.CompletedTask;
    }
}
