using System.Net.Http.Json;
using System.Text.Json;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Scheduling;
using AffinityDurable.Functions.Tests.Decisions;
using AffinityDurable.Functions.Tests.World;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Functions.Tests.Scheduling;

/// <summary>What is kept of a night.</summary>
public sealed class NightTests
{
    [Fact]
    public async Task A_night_tells_how_its_runs_ended_what_they_used_and_what_waits()
    {
        await using var app = await StartAsync();

        await app.TickAsync(TestApp.Evening.AddHours(8));
        using var http = new HttpClient { BaseAddress = app.Host.Url };
        var night = (await http.GetFromJsonAsync<JsonElement>("/api/nights")).GetProperty("nights")[0];

        Assert.Equal("2026-03-03", night.GetProperty("date").GetString());
        Assert.Equal(["absent failed", "portfolio succeeded", "watched -"], night.GetProperty("runs").EnumerateArray().Select(run =>
            $"{run.GetProperty("sync").GetString()} {(run.TryGetProperty("outcome", out var outcome) ? outcome.GetString() : "-")}"));
        Assert.Equal((1, 1), (Outcomes(night, "succeeded"), Outcomes(night, "failed")));
        Assert.Equal((0, 1), (night.GetProperty("missed").GetInt32(), night.GetProperty("waiting").GetInt32()));
        Assert.True(night.GetProperty("calls").GetInt32() >= 3);
        Assert.Contains(app.Log.Lines, line => line.Text.StartsWith("Night 2026-03-03 so far: 3 runs, 1 succeeded, 0 partial, 0 blocked, 1 failed, 0 missed, 1 wait", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_waited_for_an_approval_is_shown_as_it_ended()
    {
        await using var app = await StartAsync();
        await app.TickAsync(TestApp.Evening.AddHours(8));
        await app.AnswerAsync("watched@20260303T0200Z", Core.Approvals.ApprovalVerdict.Declined);
        await app.EndAsync("watched@20260303T0200Z");

        var night = Assert.Single(await LatestAsync(app));

        Assert.Equal((0, 1), (night.Waiting, night.Outcomes[Core.Runs.RunOutcome.Cancelled]));
    }

    [Fact]
    public async Task Batches_of_one_day_are_one_night_and_the_newest_comes_first()
    {
        await using var app = await StartAsync();
        app.Define("schedule: { cron: \"0 * * * *\" }", "  ARR: arr");
        await app.TickAsync(TestApp.Evening.AddHours(6).AddMinutes(1));
        await app.TickAsync(TestApp.Evening.AddHours(7).AddMinutes(1));
        await app.TickAsync(TestApp.Evening.AddHours(7).AddMinutes(6));
        await app.TickAsync(TestApp.Evening.AddDays(1).AddHours(6).AddMinutes(1));

        var nights = await LatestAsync(app);

        Assert.Equal([new DateOnly(2026, 3, 4), new DateOnly(2026, 3, 3)], nights.Select(night => night.Date));
        var first = nights[1];
        Assert.Equal((TestApp.Evening.AddHours(6).AddMinutes(1), TestApp.Evening.AddHours(7).AddMinutes(1)), (first.StartedAt, first.EndedAt));
        Assert.Equal(first.Runs.Count, first.Runs.DistinctBy(run => run.RunId).Count());
        Assert.Equal(5, first.Missed);
    }

    private static Task<IReadOnlyList<Night>> LatestAsync(TestApp app) =>
        app.Services.GetRequiredService<NightBook>().LatestAsync(10, CancellationToken.None);

    private static int Outcomes(JsonElement night, string outcome) => night.GetProperty("outcomes").GetProperty(outcome).GetInt32();

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync(companies: 3, host: options =>
        {
            options.ClockJump = null;
            options.Listen = new Uri("http://127.0.0.1:0");
        });
        app.Define(fields: "  ARR: arr");
        app.ExportAll(n => n);
        app.Define("approval: always", "  Notes: notes", sync: "watched");
        app.Export(["company-1.com,note"], header: "website,notes", sync: "watched");
        app.Define(fields: "  Stage: stage", sync: "absent");
        await app.TickAsync(TestApp.Evening);
        return app;
    }
}
