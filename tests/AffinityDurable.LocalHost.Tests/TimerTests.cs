using AffinityDurable.LocalHost.Engine;
using AffinityDurable.LocalHost.Tests.Functions;
using AffinityDurable.LocalHost.Triggers.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.LocalHost.Tests;

public sealed class TimerTests
{
    [Fact]
    public async Task A_timer_function_fires_at_each_occurrence_up_to_the_given_end()
    {
        var recorder = new Recorder();
        await using var host = await StartAsync(recorder, typeof(Ticks), new FakeTimeProvider(TestHost.Start), until: TestHost.Start.AddHours(3));
        await WaitTests.UntilAsync(() => Task.FromResult(recorder.Notes.Count == 3));
        Assert.Equal(
            [
                "03-01 12:30:00 due=False last=00:00 next=12:30",
                "03-01 13:30:00 due=False last=12:30 next=13:30",
                "03-01 14:30:00 due=False last=13:30 next=14:30",
            ],
            recorder.Notes);
    }

    [Fact]
    public async Task A_missed_occurrence_runs_once_at_the_next_start_as_past_due()
    {
        var directory = Path.Combine(Path.GetTempPath(), "affinity-localhost-" + Guid.NewGuid().ToString("N"));
        var recorder = new Recorder();
        await using (await StartAsync(recorder, typeof(Ticks), new FakeTimeProvider(TestHost.Start), directory: directory))
        {
            Assert.Empty(recorder.Notes);
        }

        await using (await StartAsync(recorder, typeof(Ticks), new FakeTimeProvider(TestHost.Start.AddHours(5)), directory: directory))
        {
            await WaitTests.UntilAsync(() => Task.FromResult(recorder.Notes.Count == 1));
        }

        Assert.Equal(["03-01 17:00:00 due=True last=00:00 next=12:30"], recorder.Notes);
        await using (await StartAsync(recorder, typeof(Ticks), new FakeTimeProvider(TestHost.Start.AddHours(5.1)), directory: directory))
        {
        }

        Assert.Single(recorder.Notes);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_schedule_may_come_from_a_setting_and_a_failing_function_does_no_harm()
    {
        var recorder = new Recorder();
        var settings = new Dictionary<string, string?> { ["Nightly:Schedule"] = "0 0 2 * * *" };
        await using var host = await StartAsync(recorder, typeof(OtherTicks), new FakeTimeProvider(TestHost.Start), TestHost.Start.AddDays(2), settings: settings);
        await WaitTests.UntilAsync(() => Task.FromResult(recorder.Notes.Count == 3));
        Assert.Equal(["03-02 02:00:00 due=False", "03-03 02:00:00 due=False", "on start due=False"], recorder.Notes.Order());
    }

    [Fact]
    public async Task Occurrences_follow_the_configured_time_zone()
    {
        var recorder = new Recorder();
        var settings = new Dictionary<string, string?> { ["Nightly:Schedule"] = "0 0 2 * * *", ["WEBSITE_TIME_ZONE"] = "America/New_York" };
        await using var host = await StartAsync(recorder, typeof(OtherTicks), new FakeTimeProvider(TestHost.Start), TestHost.Start.AddDays(1), settings: settings);
        await WaitTests.UntilAsync(() => Task.FromResult(recorder.Notes.Count == 2));
        Assert.Contains("03-02 07:00:00 due=False", recorder.Notes);
    }

    [Theory]
    [InlineData("0 30 2 * * *", "2026-03-08T00:00:00Z", "2026-03-08T07:00:00Z")] // 02:30 does not exist: when the clock resumes, 03:00 EDT
    [InlineData("0 30 2 * * *", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z")]
    [InlineData("0 30 1 * * *", "2026-11-01T00:00:00Z", "2026-11-01T05:30:00Z")] // 01:30 happens twice: the first, EDT
    [InlineData("0 30 1 * * *", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z")]
    [InlineData("0 0 * * * *", "2026-06-01T00:30:00Z", "2026-06-01T01:00:00Z")]
    [InlineData("0 2 * * *", "2026-06-01T00:30:00Z", "2026-06-01T06:00:00Z")] // five fields: no seconds
    public void Summer_time_neither_skips_nor_repeats_an_occurrence(string cron, string after, string expected)
    {
        var schedule = TimerSchedule.Parse(cron, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        Assert.Equal(DateTimeOffset.Parse(expected), schedule.Next(DateTimeOffset.Parse(after)));
    }

    private static Task<TestHost> StartAsync(
        Recorder recorder,
        Type functions,
        FakeTimeProvider clock,
        DateTimeOffset? until = null,
        string? directory = null,
        Dictionary<string, string?>? settings = null) => TestHost.StartAsync(
            directory: directory,
            configure: options =>
            {
                options.EnableTimers = true;
                options.TimeProvider = clock;
                options.ClockJump = new ClockJump(clock.SetUtcNow, until);
                options.Assemblies.Add(new AssemblyOf(functions));
            },
            register: services => services
                .AddSingleton(recorder)
                .AddSingleton<TimeProvider>(clock)
                .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings ?? []).Build()));
}
