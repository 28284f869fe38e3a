using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests;

/// <summary>The run from definition to report, on the embedded host, against the simulated API.</summary>
public sealed class SyncRunTests
{
    [Fact]
    public async Task A_run_writes_what_differs_and_the_next_one_writes_nothing()
    {
        await using var app = await TestApp.StartAsync(companies: 230);
        app.Define();
        app.ExportAll(n => n * 10);

        var first = await app.RunAsync();
        var second = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, null), (first.Outcome, first.Error));
        Assert.Equal(Enumerable.Range(1, 230).Select(n => (double?)n * 10), app.World.ArrValues);
        Assert.Equal(230, first.Records!.Applied);
        Assert.Equal(230 * 4, first.Writes!.FieldsWritten);
        Assert.Equal(230, first.Calls.Write);
        Assert.Equal((RunOutcome.Succeeded, 230L, 0), (second.Outcome, second.Records!.Unchanged, second.Calls.Write));
        Assert.All(app.World.Entries, entry => Assert.Equal(1, app.Affinity.Counters.PatchesOf(entry.Id)));
    }

    [Fact]
    public async Task A_plan_calls_no_write_endpoint_even_when_they_are_broken()
    {
        await using var app = await TestApp.StartAsync();
        app.Affinity.Faults.WritesBroken = true;
        app.Define();
        app.ExportAll(n => n);

        var report = await app.RunAsync(RunMode.Plan);

        Assert.Equal((RunOutcome.Succeeded, null), (report.Outcome, report.Error));
        Assert.Equal((50, 50), (report.Plan!.ChangedEntries, report.Plan.WriteCalls));
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
        Assert.Null(report.Writes);
    }

    [Fact]
    public async Task The_minute_limit_is_waited_out_on_a_durable_timer_without_a_429()
    {
        await using var app = await TestApp.StartAsync(companies: 300, affinity: settings => settings.Options = settings.Options with { CallsPerMinute = 100 });
        app.Define("minuteShare: 100");
        app.ExportAll(n => n);

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, null), (report.Outcome, report.Error));
        Assert.Equal(0, app.Affinity.Counters.Answered(429));
        Assert.Equal(WaitReason.MinuteLimit, Assert.Single(report.Waits).Reason);
        Assert.InRange(app.Clock.GetUtcNow() - TestApp.Evening, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(4));
        Assert.All(app.World.Entries, entry => Assert.Equal(1, app.Affinity.Counters.PatchesOf(entry.Id)));
    }

    [Fact]
    public async Task Bad_rows_are_rejected_by_name_and_the_rest_goes_on()
    {
        await using var app = await TestApp.StartAsync(companies: 6);
        app.World.List.AddEntry(app.World.Tenant.AddCompany("Twin", "company-5.com"));
        app.Define();
        app.Export(
        [
            "company-1.com,1.5,Seed,fine,2026-01-01",
            "company-2.com,much,Seed,bad number,2026-01-01",
            "company-3.com,3,Series Q,bad option,2026-01-01",
            "company-4.com,4,Seed",
            "company-5.com,5,Seed,ambiguous,2026-01-01",
            "company-6.com,6,Seed,once,2026-01-01",
            "company-6.com,7,Seed,twice,2026-01-01",
            "nobody.com,8,Seed,unmatched,2026-01-01",
        ]);

        var report = await app.RunAsync();

        Assert.Equal(RunOutcome.Partial, report.Outcome);
        Assert.Equal(
            new Dictionary<string, long>
            {
                [SourceErrors.WrongFieldCount.Id] = 1,
                [MatchErrors.Ambiguous.Id] = 1,
                [MatchErrors.DuplicateRows.Id] = 2,
                [ValueErrors.NotANumber.Id] = 1,
                [ValueErrors.UnknownOption.Id] = 1,
            },
            report.RejectsByCode);
        var records = report.Records!;
        Assert.Equal((8, 1, 1, 5, 1), (records.Read, records.Malformed, records.Unmatched, records.Rejected, records.Applied));
        Assert.Equal("bad option", app.World.Entries[2].Get(app.World.Notes));
        var rejects = await app.ReadTextAsync(report.RunId, Artefacts.RejectsCsv);
        Assert.Contains("'Series Q'", rejects, StringComparison.Ordinal);
        Assert.Contains("Company 3", rejects, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_old_values_are_kept_in_a_file_that_can_be_imported()
    {
        await using var app = await TestApp.StartAsync(companies: 2);
        app.World.Entries[0].Set(app.World.Arr, 7.5).Set(app.World.Notes, "old, \"quoted\"");
        app.Define(fields: "  ARR: arr\n  Notes: notes");
        app.Export(["company-1.com,8,", "company-2.com,,"], header: "website,arr,notes");

        var report = await app.RunAsync();

        var lines = (await app.ReadTextAsync(report.RunId, Artefacts.BeforeCsv)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("List Entry ID,Entity ID,Name,Domain,ARR,Notes", lines[0].TrimStart('\uFEFF'));
        Assert.Equal($"{app.World.Entries[0].Id},{app.World.Entries[0].Entity.Id},Company 1,company-1.com,7.5,\"old, \"\"quoted\"\"\"", lines[1]);
        Assert.Equal(2, lines.Length);
    }
}
