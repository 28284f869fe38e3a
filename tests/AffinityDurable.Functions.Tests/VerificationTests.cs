using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests;

/// <summary>What was written is read back and compared: a value that Affinity shows otherwise is reported with both.</summary>
public sealed class VerificationTests
{
    [Fact]
    public async Task What_was_written_is_read_back_by_page_where_that_takes_fewer_calls()
    {
        await using var app = await TestApp.StartAsync(companies: 250);
        app.Define("verify: changed");
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, null), (report.Outcome, report.Error));
        Assert.Equal(new VerifyFigures(1000, 0, 0), report.Verification);
        Assert.Equal((250, 3), (report.Calls.Write, report.Calls.Verify));
    }

    [Fact]
    public async Task A_few_changes_on_a_long_list_are_read_back_entry_by_entry()
    {
        await using var app = await TestApp.StartAsync(companies: 450);
        app.Define("verify: changed");
        app.ExportAll(n => n);
        await app.RunAsync();
        app.ExportAll(n => n is 3 or 444 ? n + 1000 : n);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 2, 2), (report.Outcome, report.Calls.Write, report.Calls.Verify));
        Assert.Equal(new VerifyFigures(2, 0, 0), report.Verification);
    }

    [Fact]
    public async Task A_night_without_changes_reads_nothing_back()
    {
        await using var app = await TestApp.StartAsync(companies: 5);
        app.Define("verify: changed");
        app.ExportAll(n => n);
        await app.RunAsync();

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 0, 0), (report.Outcome, report.Calls.Write, report.Calls.Verify));
    }

    [Fact]
    public async Task Without_verification_nothing_is_read_back_and_the_report_says_nothing_of_it()
    {
        await using var app = await TestApp.StartAsync(companies: 5);
        app.Define("verify: none");
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 0, null), (report.Outcome, report.Calls.Verify, report.Verification));
    }

    [Fact]
    public async Task Rounded_values_are_mismatches_of_the_first_night_and_no_changes_of_the_second()
    {
        await using var app = await TestApp.StartAsync(companies: 30, affinity: Rounds);
        app.Define("verify: changed");
        app.ExportAll(n => n + 0.456);

        var first = await app.RunAsync();
        var second = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, null), (first.Outcome, first.Error));
        Assert.Equal(new VerifyFigures(90, 30, 0), first.Verification);
        Assert.Equal(30, first.RejectsByCode[AffinityErrors.Mismatch.Id]);
        Assert.Equal((30L, 0L), (first.Records!.Applied, first.Records.Rejected));
        var lines = (await app.ReadTextAsync(first.RunId, Artefacts.RejectsCsv)).Split("\r\n");
        Assert.Contains(lines, line => line.StartsWith("AFF512,", StringComparison.Ordinal) && line.Contains("Company 7,", StringComparison.Ordinal)
            && line.Contains(",ARR,", StringComparison.Ordinal) && line.Contains("'7.456'", StringComparison.Ordinal) && line.Contains("'7.46'", StringComparison.Ordinal));
        Assert.Equal((RunOutcome.Succeeded, 0, 30), (second.Outcome, second.Calls.Write, second.Plan!.Fields.Single(field => field.Name == "ARR").StoredDifferently));
    }

    [Fact]
    public async Task A_human_edit_straight_after_the_write_is_a_mismatch_and_not_taken_for_what_Affinity_makes_of_our_value()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        app.Define("verify: changed");
        app.ExportAll(n => n);
        var edited = app.World.Entries[1];
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = "/list-entries", Skip = 1, OnMatch = () => Task.FromResult(edited.Set(app.World.Arr, 99d)) });

        var first = await app.RunAsync();
        var second = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, 1L), (first.Outcome, first.Verification!.Mismatched));
        Assert.Equal((1L, 2d), (second.Writes!.FieldsWritten, edited.Get(app.World.Arr)));
    }

    [Fact]
    public async Task Mismatches_are_tolerated_by_no_number_of_rejects()
    {
        await using var app = await TestApp.StartAsync(companies: 3, affinity: Rounds);
        app.Define("verify: changed\ntolerate: { rejects: 100 }");
        app.ExportAll(n => n + 0.456);

        Assert.Equal(RunOutcome.Partial, (await app.RunAsync()).Outcome);
    }

    [Fact]
    public async Task Values_of_an_entry_that_is_gone_are_unverified()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        app.Define("verify: changed");
        app.ExportAll(n => n);
        app.Affinity.Faults.Add(new Fault
        {
            Method = "GET",
            PathContains = "/list-entries",
            Skip = 1,
            OnMatch = () => Task.FromResult(app.World.List.Remove(app.World.Entries[1])),
        });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, new VerifyFigures(8, 0, 4)), (report.Outcome, report.Verification));
    }

    [Fact]
    public async Task With_all_every_mapped_value_of_an_entry_with_a_row_is_read_back()
    {
        await using var app = await TestApp.StartAsync(companies: 4);
        app.Define("verify: all");
        app.ExportAll(n => n);
        await app.RunAsync();
        app.Export(["company-1.com,100,Seed,note 1,2026-01-02", "company-2.com,2,Seed,note 2,2026-01-03"]);
        var untouched = app.World.Entries[1];
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", OnMatch = () => Task.FromResult(untouched.Set(app.World.Notes, "an automation was here")) });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, 1L, new VerifyFigures(7, 1, 0)), (report.Outcome, report.Writes!.FieldsWritten, report.Verification));
        var csv = await app.ReadTextAsync(report.RunId, Artefacts.RejectsCsv);
        Assert.Contains("Expected 'note 2', Affinity shows 'an automation was here'.", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_month_that_is_spent_while_reading_back_leaves_values_unverified()
    {
        await using var app = await TestApp.StartAsync(companies: 120, affinity: settings => settings.Options = settings.Options with { CallsPerMonth = 100_000 });
        app.Define("verify: changed");
        app.ExportAll(n => n);
        var plan = await app.RunAsync(RunMode.Plan);
        app.Affinity.Limits.CallsPerMonth = app.Affinity.Limits.MonthUsed + plan.Calls.Read + 120;

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, 120L), (report.Outcome, report.Writes!.EntriesWritten));
        Assert.Equal(new VerifyFigures(0, 0, 480), report.Verification);
        Assert.Contains(report.Notes, note => note.Contains(AffinityErrors.MonthlyLimit.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_spent_month_is_not_asked_to_verify()
    {
        await using var app = await TestApp.StartAsync(companies: 30, affinity: settings => settings.Options = settings.Options with { CallsPerMonth = 20 });
        app.Define("verify: changed");
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, AffinityErrors.MonthlyLimit.Id, 0), (report.Outcome, report.Error?.Code, report.Calls.Verify));
        Assert.Equal(report.Writes!.FieldsWritten, report.Verification!.Unverified);
    }

    [Fact]
    public async Task Writes_of_a_run_that_ended_early_are_read_back_all_the_same()
    {
        await using var app = await TestApp.StartAsync(companies: 60);
        app.Define("verify: changed\nmaxParallelBatches: 1");
        app.ExportAll(n => n);
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", Skip = 20, Status = 503, Times = null });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Failed, AffinityErrors.Unavailable.Id), (report.Outcome, report.Error?.Code));
        Assert.Equal(new VerifyFigures(report.Writes!.FieldsWritten, 0, 0), report.Verification);
        Assert.InRange(report.Verification!.Verified, 1, 239);
    }

    [Fact]
    public async Task Reading_back_waits_for_the_minute_and_keeps_histories_short()
    {
        await using var app = await TestApp.StartAsync(companies: 700, affinity: settings => settings.Options = settings.Options with { CallsPerMinute = 30 });
        app.Define("verify: changed\nminuteShare: 100");
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, new VerifyFigures(2800, 0, 0)), (report.Outcome, report.Verification));
        Assert.Equal((7, 0), (report.Calls.Verify, (int)app.Affinity.Counters.Answered(429)));
        Assert.InRange((await app.Host.Engine.ReadHistoryAsync(VerifyOrchestrator.IdFor(report.RunId, Core.Verifying.VerifiedParts.Rest))).Count, 1, 50);
    }

    [Fact]
    public async Task The_values_of_a_company_that_was_followed_are_read_back_from_its_survivors_entry()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        var survivor = app.World.Tenant.AddCompany("Survivor", "survivor.example");
        app.World.List.AddEntry(survivor);
        app.Define("verify: changed");
        app.ExportAll(n => n);
        app.Affinity.Faults.Add(new Fault
        {
            Method = "PATCH",
            OnMatch = () =>
            {
                ((Company)app.World.Entries[1].Entity).MergeInto(survivor);
                return Task.CompletedTask;
            },
        });

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, new VerifyFigures(12, 0, 0)), (report.Outcome, report.Verification));
    }

    [Fact]
    public async Task An_undo_of_rounded_values_knows_them_for_ours()
    {
        await using var app = await TestApp.StartAsync(companies: 5, affinity: Rounds);
        app.Define("verify: changed");
        app.ExportAll(n => n + 0.456);
        var run = await app.RunAsync();

        var undo = await app.RunAsync(ask: request => request with { Undo = new UndoRequest(run.RunId) });

        Assert.Equal((RunOutcome.Succeeded, 20L, new VerifyFigures(20, 0, 0)), (undo.Outcome, undo.Writes!.FieldsWritten, undo.Verification));
        Assert.All(app.World.ArrValues, Assert.Null);
    }

    private static void Rounds(SimulatorSettings settings) =>
        settings.Options = settings.Options with { Behavior = new SimulatedBehavior { NumberDecimals = 2 } };
}
