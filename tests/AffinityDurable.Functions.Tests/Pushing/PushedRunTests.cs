using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.Decisions;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Pushing;

/// <summary>Pushed rows in runs: matched, planned, guarded, written and undone like any others, and never lost.</summary>
public sealed class PushedRunTests
{
    [Fact]
    public async Task A_later_row_of_an_entry_supersedes_an_earlier_one_within_a_push_and_across_pushes()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        await http.PushAsync("""[{"website":"company-1.com","arr":1},{"website":"company-2.com","arr":20},{"website":"www.company-2.com","arr":21}]""");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await http.PushAsync("""[{"website":"company-1.com","arr":11}]""");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Succeeded, 4L, 2L), (report.Outcome, report.Records!.Read, report.Records.Superseded));
        Assert.Equal([11, 21, null, null, null], app.World.ArrValues);
    }

    [Fact]
    public async Task A_plan_shows_pushed_rows_and_keeps_them()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        await http.PushAsync("""{"website":"company-1.com","arr":1}""");

        Assert.Equal(1, (await app.RunAsync(RunMode.Plan)).Plan!.ChangedEntries);
        Assert.Equal(1, (await app.RunAsync(RunMode.Plan)).Plan!.ChangedEntries);
        Assert.Equal(1, (await app.RunAsync()).Writes!.EntriesWritten);
        Assert.Equal(0, (await app.RunAsync()).Records!.Read);
        Assert.Empty(await app.StateAsync("pushes/"));
    }

    [Fact]
    public async Task Rows_that_are_rejected_or_find_no_entry_are_reported_once_with_their_line()
    {
        await using var app = await PushedApp.StartAsync(extra: "guards: { maxRejectedPercent: 100 }");
        using var http = app.Http();
        await http.PushAsync("""[{"website":"company-1.com","arr":"much"},{"website":"nobody.com","arr":2},{"website":"company-3.com","arr":3}]""");

        var report = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, 1L, 1L, 1L), (report.Outcome, report.Records!.Rejected, report.Records.Unmatched, report.Records.Applied));
        var rejects = (await app.ReadTextAsync(report.RunId, Artefacts.RejectsCsv)).Split('\n');
        Assert.Equal("1", rejects[1].Split(',')[Array.IndexOf(rejects[0].Trim('\uFEFF', '\r').Split(','), "line")]);
        Assert.Equal(0, (await app.RunAsync()).Records!.Read);
    }

    [Fact]
    public async Task A_guard_blocks_pushed_rows_and_they_stay_until_it_lets_them_through()
    {
        await using var app = await PushedApp.StartAsync();
        var file = Path.Combine(app.Directory, "syncs", "portfolio.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("ARR: arr", "ARR: { from: arr, maxDelta: 2 }", StringComparison.Ordinal));
        app.World.Entries[0].Set(app.World.Arr, 5d);
        using var http = app.Http();
        await http.PushAsync("""{"website":"company-1.com","arr":1}""");

        Assert.Equal(RunOutcome.Blocked, (await app.RunAsync()).Outcome);
        app.DefinePush();
        await app.RunAsync();

        Assert.Equal(1, app.World.ArrValues.First());
    }

    [Fact]
    public async Task A_run_that_fails_before_it_has_read_the_rows_leaves_them()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        await http.PushAsync("""{"website":"company-1.com","arr":1}""");
        app.DefinePush(extra: "scope: { savedView: 99 }");

        Assert.Equal((RunOutcome.Failed, MatchDefinitionErrors.SavedViewUnusable.Id), await OutcomeAsync(app));
        app.DefinePush();
        Assert.Equal(1, (await app.RunAsync()).Writes!.EntriesWritten);
    }

    [Fact]
    public async Task Rows_that_a_spent_month_deferred_are_written_by_the_next_run()
    {
        await using var app = await TestApp.StartAsync(
            companies: 30,
            affinity: settings => settings.Options = settings.Options with { CallsPerMonth = 20 },
            host: options => options.Listen = new Uri("http://127.0.0.1:0"));
        app.DefinePush();
        using var http = app.Http();
        await http.PushAsync($"[{string.Join(",", Enumerable.Range(1, 30).Select(n => $$"""{"website":"company-{{n}}.com","arr":{{n}}}"""))}]");

        var tonight = await app.RunAsync();
        app.Affinity.Limits.CallsPerMonth = null;
        var tomorrow = await app.RunAsync();

        Assert.Equal((RunOutcome.Partial, RunOutcome.Succeeded), (tonight.Outcome, tomorrow.Outcome));
        Assert.Equal(Enumerable.Range(1, 30).Select(n => (double?)n), app.World.ArrValues);
        Assert.Empty(await app.Services.GetRequiredService<PendingRows>().ReadAsync("portfolio", 77, CancellationToken.None));
    }

    [Fact]
    public async Task A_restricted_run_and_one_on_another_list_leave_the_rows_of_the_others()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        await http.PushAsync("""[{"website":"company-1.com","arr":1},{"website":"company-2.com","arr":2}]""");

        await app.RunAsync(ask: request => request with { Domains = ["company-2.com"] });
        Assert.Equal([null, 2, null, null, null], app.World.ArrValues);
        await app.RunAsync();

        Assert.Equal([1, 2, null, null, null], app.World.ArrValues);
    }

    [Fact]
    public async Task A_run_of_pushed_rows_can_be_undone()
    {
        await using var app = await PushedApp.StartAsync(extra: "guards: { maxOverwrittenPercent: 100 }");
        app.World.Entries[0].Set(app.World.Arr, 5d);
        using var http = app.Http();
        await http.PushAsync("""{"website":"company-1.com","arr":1}""");
        var run = await app.RunAsync();

        await app.UndoAsync(run.RunId);

        Assert.Equal(5, app.World.ArrValues.First());
    }

    [Fact]
    public async Task The_first_plan_of_pushed_rows_waits_for_a_word_like_any_other()
    {
        await using var app = await PushedApp.StartAsync(extra: "approval: firstRun\napprovalTimeout: 1m");
        using var http = app.Http();
        await http.PushAsync("""{"website":"company-1.com","arr":1}""");

        Assert.Equal(DecisionErrors.ApprovalTimedOut.Id, (await app.RunAsync()).Error?.Code);
        app.DefinePush();
        await app.RunAsync();

        Assert.Equal(1, app.World.ArrValues.First());
    }

    [Fact]
    public async Task Rows_stay_true_to_their_columns_when_the_definition_changes()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        await http.PushAsync("""{"website":"company-1.com","arr":1,"notes":"n"}""");
        var file = Path.Combine(app.Directory, "syncs", "portfolio.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("[website, arr, stage, notes]", "[extra, notes, stage, arr, website]", StringComparison.Ordinal));

        await app.RunAsync();

        Assert.Equal((1d, "n"), ((double?)app.World.Entries[0].Get(app.World.Arr), app.World.Entries[0].Get(app.World.Notes)));
    }

    [Fact]
    public async Task A_push_starts_a_run_at_once_that_takes_it()
    {
        await using var app = await PushedApp.StartAsync(source: "  start: atOnce");
        using var http = app.Http();

        var (_, pushed) = await http.PushAsync("""{"website":"company-1.com","arr":1}""");

        var run = await EndedAsync(app, http, pushed);
        Assert.Equal((RunTrigger.Push, RunOutcome.Succeeded, TestApp.Evening), (run.Trigger, run.Outcome, run.StartedAt));
        Assert.Equal(1, app.World.ArrValues.First());
    }

    [Fact]
    public async Task Fifty_pushes_at_once_become_few_runs_and_none_is_lost()
    {
        await using var app = await PushedApp.StartAsync(companies: 50, source: "  start: atOnce");
        using var http = app.Http();

        var pushed = await Task.WhenAll(Enumerable.Range(1, 50).Select(n => http.PushAsync($$"""{"website":"company-{{n}}.com","arr":{{n}}}""")));

        foreach (var (_, answer) in pushed)
        {
            await EndedAsync(app, http, answer);
        }

        Assert.Equal(Enumerable.Range(1, 50).Select(n => (double?)n), app.World.ArrValues);
        Assert.InRange(await app.Store.RunsAsync(CancellationToken.None).CountAsync(), 1, 20);
    }

    [Fact]
    public async Task A_quiet_period_gathers_pushes_into_one_run()
    {
        await using var app = await PushedApp.StartAsync(source: "  start: { afterQuiet: 2m }");
        using var http = app.Http();
        (int Status, JsonElement Answer) last = default;
        using (app.Host.Engine.HoldClock())
        {
            for (var n = 1; n <= 3; n++)
            {
                last = await http.PushAsync($$"""{"website":"company-{{n}}.com","arr":{{n}}}""");
                app.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }

        var run = await EndedAsync(app, http, last.Answer);

        Assert.Equal(3, run.Writes!.EntriesWritten);
        Assert.Equal(TestApp.Evening.AddMinutes(4), run.StartedAt);
        Assert.Single(await app.Store.RunsAsync(CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Pushes_for_the_schedule_start_nothing()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();

        var (_, pushed) = await http.PushAsync("""{"website":"company-1.com","arr":1}""");

        Assert.False(pushed.TryGetProperty("startsAt", out _));
        Assert.Empty(await app.StateAsync("work/"));
        Assert.Empty(await app.Store.RunsAsync(CancellationToken.None).ToListAsync());
    }

    private static async Task<RunReport> EndedAsync(TestApp app, HttpClient http, JsonElement pushed)
    {
        var limit = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            var view = JsonDocument.Parse(await http.GetStringAsync(pushed.GetProperty("status").GetString())).RootElement;
            if (view.TryGetProperty("runId", out var run) && run.GetString() is { } runId)
            {
                return await app.EndAsync(runId);
            }

            Assert.True(DateTime.UtcNow < limit, "No run has taken the push.");
            await Task.Delay(20);
        }
    }

    private static async Task<(RunOutcome Outcome, string? Code)> OutcomeAsync(TestApp app)
    {
        var report = await app.RunAsync();
        return (report.Outcome, report.Error?.Code);
    }
}
