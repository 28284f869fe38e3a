using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Sources;
using AffinityDurable.Functions.Tests.Decisions;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Sources;

/// <summary>Sources that deliver changes: nothing is concluded from what they do not say, and nothing that they have said is lost.</summary>
public sealed class ChangesTests
{
    [Fact]
    public async Task Rows_deferred_tonight_are_written_tomorrow_although_the_source_does_not_send_them_again()
    {
        await using var app = await TestApp.StartAsync(companies: 30, affinity: settings => settings.Options = settings.Options with { CallsPerMonth = 20 });
        Define(app);
        app.ExportAll(n => n);
        var tonight = await app.RunAsync();
        Assert.Equal((RunOutcome.Partial, AffinityErrors.MonthlyLimit.Id), (tonight.Outcome, tonight.Error?.Code));
        Assert.InRange(tonight.Records!.Deferred, 10, 20);

        app.Affinity.Limits.CallsPerMonth = null;
        app.Export([]);
        var tomorrow = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, tonight.Records.Deferred), (tomorrow.Outcome, tomorrow.Records!.Applied));
        Assert.Equal(Enumerable.Range(1, 30).Select(n => (double?)n), app.World.ArrValues);
        Assert.All(app.World.Entries, entry => Assert.Equal(1, app.Affinity.Counters.PatchesOf(entry.Id)));

        // The month was spent before any of them could be read back: they were all pending.
        Assert.Equal((30L, 30 - tonight.Records.Deferred), (tomorrow.Plan!.Sources[0].Pending, tomorrow.Records.Unchanged));
        Assert.Empty(await PendingAsync(app));
        Assert.Equal(0, (await app.RunAsync()).Records!.Read);
    }

    [Fact]
    public async Task A_newer_row_takes_the_place_of_a_pending_one()
    {
        await using var app = await StartWithPendingAsync();
        app.Export(["company-2.com,22,,,"]);

        await app.RunAsync();

        Assert.Equal([1, 22, 3], app.World.ArrValues);
    }

    [Fact]
    public async Task Rows_that_a_limit_left_out_stay_pending_until_they_are_written()
    {
        await using var app = await StartWithPendingAsync();
        app.Export([]);
        Assert.Equal([2L, 3L], (await PendingAsync(app)).Select(row => Company(app, row)));

        var plan = await app.RunAsync(RunMode.Plan);
        var restricted = await app.RunAsync(ask: request => request with { Domains = ["company-3.com"] });

        Assert.Equal((2, 1L), (plan.Plan!.ChangedEntries, restricted.Writes!.EntriesWritten));
        Assert.Equal([2L], (await PendingAsync(app)).Select(row => Company(app, row)));
        Assert.Contains(restricted.Notes, note => note.StartsWith("1 rows of sources that deliver changes are pending", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_for_which_there_is_nothing_to_do_any_more_is_pending_no_more()
    {
        await using var app = await StartWithPendingAsync();
        app.Export([]);
        app.World.Entries[1].Set(app.World.Arr, 2d);
        app.World.Entries[2].Set(app.World.Arr, 3d);

        await app.RunAsync();

        Assert.Empty(await PendingAsync(app));
    }

    [Fact]
    public async Task Values_that_drifted_or_could_not_be_read_back_stay_pending_and_rejects_do_not()
    {
        await using var app = await TestApp.StartAsync(companies: 4, settings: new() { ["Affinity:MaxRetries"] = "0" });
        Define(app, "recheckAfter: 0s\nguards: { maxRejectedPercent: 100 }");
        app.Export(["company-1.com,1,,,", "company-2.com,2,,,", "company-3.com,much,,,", "company-4.com,4,,,"]);
        app.Affinity.Faults.Add(new Fault { Method = "GET", PathContains = $"/list-entries/{app.World.Entries[1].Id}", OnMatch = () => Task.FromResult(app.World.Entries[1].Set(app.World.Arr, 99d)) });
        app.Affinity.Faults.Add(new Fault { Method = "PATCH", PathContains = $"/list-entries/{app.World.Entries[3].Id}/", Status = 403, Times = null });

        var report = await app.RunAsync();

        Assert.Equal((1L, 1L, 2L), (report.Records!.Applied, report.Records.Drifted, report.Records.Rejected));
        Assert.Equal([2L], (await PendingAsync(app)).Select(row => Company(app, row)));
        app.Export([]);
        await app.RunAsync();
        Assert.Equal([1, 2, null, null], app.World.ArrValues);
    }

    [Fact]
    public async Task Rows_of_a_run_that_a_guard_blocks_are_not_lost()
    {
        await using var app = await TestApp.StartAsync(companies: 3);
        Define(app, fields: "  ARR: { from: arr, maxDelta: 100 }");
        app.World.Entries[0].Set(app.World.Arr, 1d);
        app.Export(["company-1.com,5000,,,", "company-2.com,2,,,"]);
        Assert.Equal(RunOutcome.Blocked, (await app.RunAsync()).Outcome);

        app.Export(["company-1.com,50,,,"]);
        var report = await app.RunAsync();

        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        Assert.Equal([50, 2, null], app.World.ArrValues);
    }

    [Fact]
    public async Task Rows_of_a_plan_that_was_declined_are_not_lost_and_those_of_one_that_a_newer_run_has_overtaken_are_not_written_again()
    {
        await using var app = await DecidedApp.StartAsync(companies: 3);
        Define(app, "approval: always");
        app.Export(["company-1.com,1,,,", "company-2.com,2,,,"]);
        var declined = await app.StartRunAsync();
        await app.UntilWaitingAsync(declined);
        await app.AnswerAsync(declined, ApprovalVerdict.Declined);
        await app.EndAsync(declined);
        app.Export(["company-1.com,11,,,"]);
        var approved = await app.StartRunAsync();
        await app.UntilWaitingAsync(approved);
        await app.AnswerAsync(approved, ApprovalVerdict.Approved);

        await app.EndAsync(approved);

        Assert.Equal([11, 2, null], app.World.ArrValues);
        Assert.Empty(await PendingAsync(app));
    }

    [Fact]
    public async Task Absence_trips_no_guard_and_clears_nothing()
    {
        await using var app = await TestApp.StartAsync(companies: 60);
        Define(app);
        app.ExportAll(n => n);
        await app.RunAsync();
        app.Export(["company-1.com,,,,", "company-2.com,7,,,"]);

        var report = await app.RunAsync();
        app.Export([]);
        var nothing = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, RunOutcome.Succeeded), (report.Outcome, nothing.Outcome));
        Assert.Equal([1.0, 7.0, 3.0], app.World.ArrValues.Take(3));
        Assert.DoesNotContain(report.Guards, guard => guard.Rule is "minRows" or "maxRowDropPercent" or "maxCoverageDropPercent" or "maxNullJumpPercent");
    }

    [Fact]
    public async Task A_source_is_asked_since_the_read_of_the_last_run_that_deferred_and_failed_nothing()
    {
        var source = new AskedSource();
        await using var app = await TestApp.StartAsync(companies: 3, services: services => services.AddSingleton<ISourceAdapter>(source));
        File.WriteAllText(
            Path.Combine(app.Directory, "syncs", "portfolio.yaml"),
            "sync: portfolio\nlist: 77\nsource: { type: asked }\nmatch: [{ domain: website }]\nfields: { ARR: arr }\nguards: { maxRejectedPercent: 100 }\napproval: never\n");
        source.Rows.AddRange([("company-1.com", "1"), ("company-2.com", "2"), ("company-3.com", "much")]);

        await app.RunAsync(RunMode.Plan);
        await NextDay(app).RunAsync(ask: request => request with { Domains = ["company-2.com"] });
        await NextDay(app).RunAsync(ask: request => request with { Limit = 1 });
        await NextDay(app).RunAsync();
        await NextDay(app).RunAsync(RunMode.Plan);
        app.Affinity.Limits.CallsPerMonth = app.Affinity.Limits.MonthUsed + 1;
        await NextDay(app).RunAsync();
        app.Affinity.Limits.CallsPerMonth = null;
        await NextDay(app).RunAsync();
        await NextDay(app).RunAsync();

        Assert.Equal([null, null, null, null, source.ReadAt[3]], source.Since.Take(5));
        Assert.Equal(source.ReadAt[3], source.Since[5]);
        Assert.Equal(source.ReadAt[5], source.Since[6]);
    }

    private static TestApp NextDay(TestApp app)
    {
        app.Clock.Advance(TimeSpan.FromDays(1));
        return app;
    }

    /// <summary>Three rows came, and a limit has let one of them through.</summary>
    private static async Task<TestApp> StartWithPendingAsync()
    {
        var app = await TestApp.StartAsync(companies: 3);
        Define(app);
        app.ExportAll(n => n);
        await app.RunAsync(ask: request => request with { Limit = 1 });
        return app;
    }

    private static void Define(TestApp app, string extra = "", string fields = "  ARR: arr")
    {
        app.Define(extra, fields);
        var file = Path.Combine(app.Directory, "syncs", "portfolio.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("type: csv", "type: csv\n  delivers: changes", StringComparison.Ordinal).Replace("verify: none", "verify: changed", StringComparison.Ordinal));
    }

    private static Task<IReadOnlyList<PendingRow>> PendingAsync(TestApp app) =>
        app.Services.GetRequiredService<PendingRows>().ReadAsync("portfolio", 77, CancellationToken.None);

    private static long Company(TestApp app, PendingRow row) => app.World.Entries.FindIndex(entry => entry.Id == row.EntryId) + 1;
}
