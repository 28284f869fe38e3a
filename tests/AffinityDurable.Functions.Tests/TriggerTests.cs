using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.LocalHost.Engine;
using AffinityDurable.Simulator.Faults;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Tests;

/// <summary>What starts runs: the timer with the definitions' schedules, and HTTP.</summary>
public sealed class TriggerTests
{
    [Fact]
    public async Task The_timer_runs_each_occurrence_of_a_schedule_once()
    {
        await using var app = await StartWithTimerAsync(hours: 36);
        app.Define("schedule: { cron: \"0 2 * * *\", timeZone: Europe/London }");
        app.ExportAll(n => n);

        await UntilAsync(app, TestApp.Evening.AddHours(35));

        var runs = await app.Store.RunsAsync(CancellationToken.None).Order().ToListAsync();
        Assert.Equal(["portfolio@20260303T0200Z", "portfolio@20260304T0200Z"], runs);
        Assert.Equal(RunOutcome.Succeeded, (await app.ReportAsync(runs[0])).Outcome);
        Assert.Equal(0, (await app.ReportAsync(runs[1])).Calls.Write);
    }

    [Fact]
    public async Task A_failed_occurrence_is_not_started_again_by_the_next_tick()
    {
        await using var app = await StartWithTimerAsync(hours: 12);
        app.Define();

        await UntilAsync(app, TestApp.Evening.AddHours(11));

        var run = Assert.Single(await app.Store.RunsAsync(CancellationToken.None).ToListAsync());
        Assert.Equal(RunOutcome.Failed, (await app.ReportAsync(run)).Outcome);
    }

    [Fact]
    public async Task An_ad_hoc_run_is_accepted_and_can_be_followed()
    {
        await using var app = await StartWithHttpAsync();
        app.Define();
        app.ExportAll(n => n);
        using var http = new HttpClient { BaseAddress = app.Host.Url };

        var answer = await http.PostAsJsonAsync("/api/syncs/portfolio/runs", new { mode = "apply" });

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        var runId = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("runId").GetString()!;
        await app.EndAsync(runId);
        var view = await http.GetFromJsonAsync<JsonElement>(answer.Headers.Location);
        Assert.Equal("succeeded", view.GetProperty("report").GetProperty("outcome").GetString(), ignoreCase: true);
        Assert.Equal("Completed", view.GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task A_second_run_of_a_busy_list_is_refused_with_the_id_of_the_first()
    {
        await using var app = await StartWithHttpAsync();
        app.Define();
        app.ExportAll(n => n);
        var first = await HeldRunAsync(app);
        using var http = new HttpClient { BaseAddress = app.Host.Url };

        var answer = await http.PostAsync("/api/syncs/portfolio/runs", null);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(first, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("runId").GetString());
        await app.Client.ResumeInstanceAsync(first, null, CancellationToken.None);
        await app.EndAsync(first);
    }

    [Fact]
    public async Task Of_runs_asked_for_at_once_one_is_started_and_the_others_learn_which()
    {
        await using var app = await StartWithHttpAsync();
        app.Define();
        app.ExportAll(n => n);
        using var http = new HttpClient { BaseAddress = app.Host.Url };

        var allAsked = new TaskCompletionSource();
        app.Affinity.Faults.Add(new Fault { Method = "GET", OnMatch = () => allAsked.Task });

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => http.PostAsync("/api/syncs/portfolio/runs", null)));

        allAsked.SetResult();
        var accepted = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        var runId = (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("runId").GetString()!;
        foreach (var refused in answers.Where(answer => answer.StatusCode == HttpStatusCode.Conflict))
        {
            Assert.Equal(runId, (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("runId").GetString());
        }

        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(RunOutcome.Succeeded, (await app.EndAsync(runId)).Outcome);
    }

    [Theory]
    [InlineData("/api/syncs/nothing/runs", "", HttpStatusCode.NotFound)]
    [InlineData("/api/syncs/portfolio/runs", "{", HttpStatusCode.BadRequest)]
    [InlineData("/api/syncs/portfolio/runs", "[]", HttpStatusCode.BadRequest)]
    [InlineData("/api/syncs/portfolio/runs", "{\"mode\":\"undo\"}", HttpStatusCode.BadRequest)]
    [InlineData("/api/syncs/portfolio/runs", "{\"entries\":[0]}", HttpStatusCode.BadRequest)]
    [InlineData("/api/syncs/portfolio/runs", "{\"entries\":[1],\"domains\":[\"a.com\"]}", HttpStatusCode.BadRequest)]
    [InlineData("/api/syncs/portfolio/runs", "{\"colour\":1}", HttpStatusCode.BadRequest)]
    public async Task A_request_that_cannot_be_met_starts_nothing(string path, string body, HttpStatusCode status)
    {
        await using var app = await StartWithHttpAsync();
        app.Define();
        app.ExportAll(n => n);
        using var http = new HttpClient { BaseAddress = app.Host.Url };

        var answer = await http.PostAsync(path, new StringContent(body));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("AFF", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.Empty(await app.Store.RunsAsync(CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Without_the_setting_nobody_is_admitted()
    {
        await using var app = await StartWithHttpAsync(new() { ["Access:TrustLoopback"] = "false" });
        using var http = new HttpClient { BaseAddress = app.Host.Url };

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsync("/api/syncs/portfolio/runs", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/runs/portfolio@20260303T0200Z")).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Host", "rebound.example")]
    public async Task A_page_of_another_site_is_not_admitted(string header, string value)
    {
        await using var app = await StartWithHttpAsync();
        using var http = new HttpClient { BaseAddress = app.Host.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/syncs/portfolio/runs");
        request.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task An_unknown_run_is_not_found()
    {
        await using var app = await StartWithHttpAsync();
        using var http = new HttpClient { BaseAddress = app.Host.Url };

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/runs/portfolio@20260303T0200Z")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/runs/..%2F..%2Fetc")).StatusCode);
    }

    private static Task<TestApp> StartWithHttpAsync(Dictionary<string, string?>? settings = null) =>
        TestApp.StartAsync(host: options => options.Listen = new Uri("http://127.0.0.1:0"), settings: settings);

    private static async Task<TestApp> StartWithTimerAsync(int hours) =>
        await TestApp.StartAsync(host: options =>
        {
            options.EnableTimers = true;
            options.ReplayEveryTurn = false;
            options.ClockJump = options.ClockJump! with { TimerTriggersUntil = TestApp.Evening.AddHours(hours) };
        });

    private static async Task UntilAsync(TestApp app, DateTimeOffset time)
    {
        var limit = DateTime.UtcNow.AddSeconds(60);
        while (app.Clock.GetUtcNow() < time)
        {
            Assert.True(DateTime.UtcNow < limit, $"The clock stands at {app.Clock.GetUtcNow():u}.");
            await Task.Delay(20);
        }
    }

    /// <summary>A run that has the lease and stands still.</summary>
    private static async Task<string> HeldRunAsync(TestApp app)
    {
        var runId = await app.StartRunAsync();
        while (!File.Exists(Path.Combine(app.Directory, "state", "leases", "list-77.json")) && (await app.Client.GetInstanceAsync(runId))?.IsCompleted != true)
        {
            await Task.Delay(2);
        }

        await app.Client.SuspendInstanceAsync(runId, null, CancellationToken.None);
        return runId;
    }
}
