using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.Crash;
using AffinityDurable.Functions.Tests.Decisions;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Work;

/// <summary>What has come is done once the time and the list are right, all of it together, and nothing is lost.</summary>
public sealed class PendingWorkTests
{
    [Fact]
    public async Task Work_on_an_entry_becomes_a_run_of_this_entry_after_the_quiet_period()
    {
        await using var app = await StartAsync();

        await app.BringAsync(app.Item(entry: 3));
        await app.DoneAsync();

        var (request, report) = Assert.Single(await app.WorkRunsAsync());
        Assert.Equal([app.World.Entries[2].Id], request.Entries);
        Assert.Equal(RunTrigger.Webhook, request.Trigger);
        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        Assert.Equal(TestApp.Evening + WorkingApp.Debounce, report.StartedAt);
        Assert.Equal(3.0, app.World.Entries[2].Get(app.World.Arr));
        Assert.Null(app.World.Entries[3].Get(app.World.Arr));
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Items_that_come_together_are_done_by_one_run()
    {
        await using var app = await StartAsync();

        foreach (var entry in (int[])[5, 2, 9, 2])
        {
            await app.AddAsync(app.Item(entry));
        }

        await app.WakeAsync();
        await app.DoneAsync();

        var (request, _) = Assert.Single(await app.WorkRunsAsync());
        Assert.Equal(((int[])[2, 5, 9]).Select(n => app.World.Entries[n - 1].Id).Order(), request.Entries);
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task An_item_about_the_whole_sync_swallows_those_about_entries()
    {
        await using var app = await StartAsync();

        await app.AddAsync(app.Item(entry: 1));
        await app.AddAsync(app.Item(trigger: RunTrigger.Arrival, quiet: TimeSpan.FromSeconds(10)));
        await app.WakeAsync();
        await app.DoneAsync();

        var (request, report) = Assert.Single(await app.WorkRunsAsync());
        Assert.Null(request.Entries);
        Assert.Equal(RunTrigger.Arrival, request.Trigger);
        Assert.Equal(20, report.Writes!.EntriesWritten);
    }

    [Fact]
    public async Task Each_sync_of_a_list_has_its_own_run()
    {
        await using var app = await StartAsync();
        app.Define(sync: "other", fields: "  Notes: notes");
        app.Export(["company-1.com,from the other"], header: "website,notes", sync: "other");

        await app.AddAsync(app.Item(entry: 1));
        await app.AddAsync(app.Item(entry: 1, sync: "other"));
        await app.WakeAsync();
        await app.DoneAsync();

        Assert.Equal(["other", "portfolio"], (await app.WorkRunsAsync()).Select(run => run.Request.Sync).Order());
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Work_that_comes_while_the_list_is_busy_waits_for_it_and_is_done_by_one_run()
    {
        var standstill = new Standstill("read plan.json");
        await using var app = await StartAsync(standstill);
        var night = await app.StartRunAsync();
        await standstill.Reached;
        for (var entry = 1; entry <= 20; entry++)
        {
            await app.BringAsync(app.Item(entry));
        }

        standstill.LetGoOn();
        await app.EndAsync(night);
        await app.DoneAsync();

        var (request, report) = Assert.Single(await app.WorkRunsAsync());
        Assert.Equal(app.World.Entries.Select(entry => entry.Id).Order(), request.Entries);
        Assert.Equal(RunOutcome.Succeeded, report.Outcome);
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Work_that_comes_while_its_run_is_under_way_is_done_by_the_next_one()
    {
        var standstill = new Standstill("read plan.json");
        await using var app = await StartAsync(standstill);
        await app.BringAsync(app.Item(entry: 1));
        await standstill.Reached;
        await app.BringAsync(app.Item(entry: 1));
        await app.BringAsync(app.Item(entry: 2));

        standstill.LetGoOn();
        await app.DoneAsync();

        var runs = await app.WorkRunsAsync();
        Assert.Equal(2, runs.Count);
        Assert.Equal([app.World.Entries[0].Id, app.World.Entries[1].Id], runs[1].Request.Entries);
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_quiet_period_begins_anew_with_each_item_up_to_five_times()
    {
        await using var app = await StartAsync();
        for (var second = 0; second <= 60; second += 5)
        {
            var at = TestApp.Evening.AddSeconds(second);
            await app.AddAsync(app.Item(trigger: RunTrigger.Push) with { ReceivedAt = at, NotBefore = at.AddSeconds(10) });
        }

        await app.WakeAsync();
        await app.DoneAsync();

        var (_, report) = Assert.Single(await app.WorkRunsAsync());
        Assert.Equal(TestApp.Evening.AddSeconds(50), report.StartedAt);
    }

    [Fact]
    public async Task Work_of_a_held_sync_waits_until_it_is_released()
    {
        await using var app = await StartAsync();
        await app.HoldAsync();

        await app.BringAsync(app.Item(entry: 1));
        await app.DoneAsync();

        Assert.Empty(await app.WorkRunsAsync());
        Assert.Contains(app.Log.Lines, line => line.Text.StartsWith("1 items of pending work of sync portfolio wait until it is released", StringComparison.Ordinal));

        await app.Services.GetRequiredService<HoldBook>().ReleaseAsync("portfolio", CancellationToken.None);
        await app.TickAsync();
        await app.DoneAsync();

        Assert.Equal(RunOutcome.Succeeded, Assert.Single(await app.WorkRunsAsync()).Report.Outcome);
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task The_tick_finds_work_that_nobody_was_woken_for()
    {
        await using var app = await StartAsync();
        await app.AddAsync(app.Item(entry: 1));

        await app.TickAsync();
        await app.DoneAsync();

        Assert.Single(await app.WorkRunsAsync());
        await app.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task However_many_rounds_it_takes_the_history_stays_short()
    {
        var standstill = new Standstill("read plan.json");
        await using var app = await StartAsync(standstill);
        var night = await app.StartRunAsync();
        await standstill.Reached;
        await app.Client.SuspendInstanceAsync(night, null, CancellationToken.None);
        standstill.LetGoOn();

        await app.BringAsync(app.Item(entry: 1));
        await UntilAsync(app, TestApp.Evening.AddHours(5));
        var history = await app.Host.Engine.ReadHistoryAsync(TargetedOrchestrator.IdFor(77));
        await app.Client.ResumeInstanceAsync(night, null, CancellationToken.None);
        await app.EndAsync(night);
        await app.DoneAsync();

        Assert.InRange(history.Count, 1, 50);
        Assert.Single(await app.WorkRunsAsync());
    }

    private static async Task UntilAsync(TestApp app, DateTimeOffset time)
    {
        var limit = DateTime.UtcNow.AddSeconds(60);
        while (app.Clock.GetUtcNow() < time)
        {
            Assert.True(DateTime.UtcNow < limit, $"The clock stands at {app.Clock.GetUtcNow():u}.");
            await Task.Delay(5);
        }
    }

    private static async Task<TestApp> StartAsync(Standstill? standstill = null)
    {
        var app = await TestApp.StartAsync(companies: 20, services: services => standstill?.Watch(services));
        app.Define();
        app.ExportAll(n => n);
        return app;
    }
}
