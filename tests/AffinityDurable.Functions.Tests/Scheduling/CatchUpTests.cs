using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.Decisions;
using AffinityDurable.Functions.Tests.World;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Tests.Scheduling;

/// <summary>Ticks that come late, twice or not at all.</summary>
public sealed class CatchUpTests
{
    private static readonly DateTimeOffset FirstNight = TestApp.Evening.AddHours(8);

    [Fact]
    public async Task After_an_outage_within_its_grace_the_run_is_made_up_for()
    {
        await using var app = await StartAsync();

        var late = await app.TickAsync(FirstNight.AddHours(5));

        Assert.Equal(new NightSummary(1, 0), late);
        Assert.Equal(["portfolio@20260303T0200Z"], await app.RunsOfAsync("portfolio"));
        Assert.Equal([(RunOutcome.Succeeded, null)], await app.EndingsOfAsync("portfolio"));
    }

    [Fact]
    public async Task After_an_outage_that_was_longer_the_run_is_reported_as_missed_and_not_made()
    {
        await using var app = await StartAsync();

        var late = await app.TickAsync(FirstNight.AddHours(6).AddMinutes(1));

        Assert.Equal(new NightSummary(1, 0), late);
        Assert.Equal([(RunOutcome.Skipped, HostErrors.OccurrenceMissed.Id)], await app.EndingsOfAsync("portfolio"));
        Assert.Equal(0, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task Of_several_nights_without_a_tick_the_last_one_is_run_and_the_others_are_reported_as_missed()
    {
        await using var app = await StartAsync();

        var late = await app.TickAsync(FirstNight.AddDays(3).AddHours(1));

        Assert.Equal(new NightSummary(4, 0), late);
        var missed = (RunOutcome.Skipped, (string?)HostErrors.OccurrenceMissed.Id);
        Assert.Equal([missed, missed, missed, (RunOutcome.Succeeded, null)], await app.EndingsOfAsync("portfolio"));
        Assert.Equal(30, app.Affinity.Counters.PatchCalls);
    }

    [Fact]
    public async Task A_tick_that_comes_twice_starts_one_run()
    {
        await using var app = await StartAsync();

        await app.TickAsync(FirstNight);
        var again = await app.TickAsync(FirstNight);

        Assert.Equal(new NightSummary(0, 0), again);
        Assert.Single(await app.RunsOfAsync("portfolio"));
    }

    [Fact]
    public async Task A_tick_during_a_night_starts_no_second_one()
    {
        await using var app = await StartAsync();
        app.Define("approval: always\nschedule: { cron: \"0 2 * * *\" }");
        app.Clock.SetUtcNow(FirstNight);
        var answered = new TaskCompletionSource();
        app.Affinity.Faults.Add(new Simulator.Faults.Fault { Method = "GET", OnMatch = () => answered.Task });
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(NightlyOrchestrator), null, Singleton());

        await Assert.ThrowsAnyAsync<Exception>(() => app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(NightlyOrchestrator), null, Singleton()));

        answered.SetResult();
        await app.Client.WaitForInstanceCompletionAsync(NightlyOrchestrator.InstanceId, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Single(await app.RunsOfAsync("portfolio"));
    }

    /// <summary>Clocks go forward on 29 March 2026 in London and on 8 March in New York, back on 25 October and on 1 November.</summary>
    [Theory]
    [InlineData("Europe/London", "30 1 * * *", "2026-03-28T00:00", "20260328T0130Z 20260329T0100Z 20260330T0030Z")]
    [InlineData("Europe/London", "30 1 * * *", "2026-10-24T00:00", "20261024T0030Z 20261025T0030Z 20261026T0130Z")]
    [InlineData("America/New_York", "30 2 * * *", "2026-03-07T00:00", "20260307T0730Z 20260308T0700Z 20260309T0630Z")]
    [InlineData("America/New_York", "30 1 * * *", "2026-10-31T00:00", "20261031T0530Z 20261101T0530Z 20261102T0630Z")]
    public async Task There_is_one_run_a_night_also_when_the_clocks_change(string zone, string cron, string from, string occurrences)
    {
        await using var app = await DecidedApp.StartAsync(companies: 1);
        app.Define($"schedule: {{ cron: \"{cron}\", timeZone: {zone} }}");
        app.ExportAll(n => n);
        var start = DateTimeOffset.Parse(from + "Z", System.Globalization.CultureInfo.InvariantCulture);

        for (var tick = start; tick < start.AddDays(3); tick += TimeSpan.FromMinutes(30))
        {
            await app.TickAsync(tick);
        }

        Assert.Equal(occurrences.Split(' ').Select(occurrence => $"portfolio@{occurrence}"), await app.RunsOfAsync("portfolio"));
    }

    private static async Task<TestApp> StartAsync()
    {
        var app = await DecidedApp.StartAsync();
        app.Define("schedule: { cron: \"0 2 * * *\" }");
        app.ExportAll(n => n);
        await app.TickAsync(TestApp.Evening);
        return app;
    }

    private static StartOrchestrationOptions Singleton() => new StartOrchestrationOptions(NightlyOrchestrator.InstanceId).WithDedupeStatuses(
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended);
}
