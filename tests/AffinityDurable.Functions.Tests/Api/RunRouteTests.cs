using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.Access;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>What readers see of runs.</summary>
public sealed class RunRouteTests
{
    [Fact]
    public async Task Runs_are_listed_newest_first_page_by_page()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        using var http = app.Reader();
        var ids = new List<string>();
        for (var n = 0; n < 5; n++)
        {
            ids.Insert(0, (await app.RunAsync(RunMode.Plan)).RunId);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var first = await http.GetFromJsonAsync<JsonElement>("/api/runs?limit=2");
        var newer = await app.RunAsync(RunMode.Plan);
        var second = await http.GetFromJsonAsync<JsonElement>($"/api/runs?limit=2&cursor={first.GetProperty("next").GetString()}");
        var third = await http.GetFromJsonAsync<JsonElement>($"/api/runs?limit=2&cursor={second.GetProperty("next").GetString()}");
        var all = await http.GetFromJsonAsync<JsonElement>("/api/runs");

        Assert.Equal(ids, Ids(first).Concat(Ids(second)).Concat(Ids(third)));
        Assert.False(third.TryGetProperty("next", out _));
        Assert.Equal([newer.RunId, .. ids], Ids(all));
    }

    [Fact]
    public async Task Runs_are_filtered_by_sync_outcome_trigger_and_time()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        app.Define(sync: "other");
        using var http = app.Operator();
        var old = await app.RunAsync();
        app.Clock.Advance(TimeSpan.FromHours(2));
        var failed = await app.RunAsync(sync: "other");
        var asked = await http.PostAsJsonAsync("/api/syncs/portfolio/runs", new { mode = "plan" });
        var byHttp = (await asked.JsonAsync()).GetProperty("runId").GetString()!;
        await app.EndAsync(byHttp);

        Assert.Equal([failed.RunId], await IdsAsync(http, "sync=other"));
        Assert.Equal([failed.RunId], await IdsAsync(http, "outcome=failed"));
        Assert.Equal([byHttp], await IdsAsync(http, "trigger=Http"));
        Assert.Equal([byHttp, failed.RunId], (await IdsAsync(http, "since=2026-03-02T19:30:00Z")).OrderByDescending(id => id == byHttp));
        Assert.Equal([old.RunId], await IdsAsync(http, "sync=portfolio&trigger=commandLine&since=2026-03-02"));
        Assert.Empty(await IdsAsync(http, "outcome=cancelled"));
        var summary = (await http.GetFromJsonAsync<JsonElement>("/api/runs?outcome=failed")).GetProperty("runs")[0];
        Assert.Equal(failed.Error!.Code, summary.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_run_under_way_is_listed_without_an_outcome()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define("approval: always");
        app.ExportAll(n => n);
        using var http = app.Reader();
        var runId = await app.StartRunAsync();

        var run = (await http.GetFromJsonAsync<JsonElement>("/api/runs")).GetProperty("runs")[0];

        Assert.Equal((runId, "apply"), (run.GetProperty("runId").GetString(), run.GetProperty("mode").GetString()));
        Assert.False(run.TryGetProperty("outcome", out _));
    }

    [Theory]
    [InlineData("/api/runs?limit=0&outcome=fine&since=tomorrow&trigger=5&cursor=x&colour=red&sync=", 7)]
    [InlineData("/api/runs?sync=a&sync=b", 1)]
    [InlineData("/api/runs?cursor=Li4vLi4", 1)]
    [InlineData("/api/runs?cursor=cG9ydGZvbGlvQDIwMjYwMzAzVDAyMDBa", 1)]
    [InlineData("/api/syncs?limit=1", 1)]
    [InlineData("/api/runs/portfolio@20260303T0200Z?full=true", 1)]
    [InlineData("/api/runs/portfolio@20260303T0200Z/report?full=true", 1)]
    [InlineData("/api/runs/portfolio@20260303T0200Z/plan.jsonl?entry=-1&reason=none&limit=3", 3)]
    [InlineData("/api/syncs/portfolio/explain?entry=0&field=ARR&colour=red", 3)]
    public async Task A_query_that_cannot_be_understood_is_refused_with_all_that_is_wrong(string path, int problems)
    {
        await using var app = await ApiApp.StartAsync();
        app.Define();
        using var http = app.Reader();

        var answer = await http.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(problems, (await answer.JsonAsync()).GetProperty("errors").GetArrayLength());
        Assert.Equal(HostErrors.BadRequest.Id, await answer.CodeAsync());
    }

    [Fact]
    public async Task What_stands_in_the_query_of_a_start_by_mistake_is_not_overlooked()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        using var http = app.Operator();

        var answer = await http.PostAsync("/api/syncs/portfolio/runs?mode=plan", null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await app.Store.RunsAsync(CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task A_run_that_has_not_changed_is_not_sent_again()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define("approval: always");
        app.ExportAll(n => n);
        using var http = app.Reader();
        using var approver = app.Approver();
        var runId = await app.StartRunAsync();
        var waiting = await UntilAsync(http, runId, view => view.TryGetProperty("status", out var status) && status.TryGetProperty("planHash", out _));

        var again = await GetAsync(http, runId, waiting.Headers.ETag!);
        var hash = (await waiting.JsonAsync()).GetProperty("status").GetProperty("planHash").GetString();
        (await approver.PostAsJsonAsync($"/api/runs/{runId}/approve", new { planHash = hash })).EnsureSuccessStatusCode();
        await app.EndAsync(runId);
        var ended = await GetAsync(http, runId, waiting.Headers.ETag!);
        var still = await GetAsync(http, runId, ended.Headers.ETag!);

        Assert.Equal([HttpStatusCode.NotModified, HttpStatusCode.OK, HttpStatusCode.NotModified], new[] { again, ended, still }.Select(answer => answer.StatusCode));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        Assert.Equal("succeeded", (await ended.JsonAsync()).GetProperty("report").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_run_gives_its_report_its_rejects_what_it_overwrote_and_its_plan()
    {
        await using var app = await ApiApp.StartAsync();
        app.World.Entries[0].Set(app.World.Arr, 5d);
        app.Define();
        app.Export(["company-1.com,17,Seed,note,2026-01-02", "company-2.com,18,Series Q,\"a, b\",2026-01-02"]);
        var runId = (await app.RunAsync()).RunId;
        using var http = app.Reader();

        var report = await http.GetAsync($"/api/runs/{runId}/report");
        var rejects = await http.GetAsync($"/api/runs/{runId}/rejects.csv");
        var before = await http.GetAsync($"/api/runs/{runId}/before.csv");
        var plan = await http.GetAsync($"/api/runs/{runId}/plan.jsonl");

        Assert.Equal(
            ["application/json; charset=utf-8", "text/csv; charset=utf-8", "text/csv; charset=utf-8", "application/jsonl; charset=utf-8"],
            new[] { report, rejects, before, plan }.Select(answer => answer.Content.Headers.ContentType!.ToString()));
        Assert.Equal(
            [$"{runId}-report.json", $"{runId}-rejects.csv", $"{runId}-before.csv", $"{runId}-plan.jsonl"],
            new[] { report, rejects, before, plan }.Select(answer => answer.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
        Assert.Equal("partial", (await report.JsonAsync()).GetProperty("outcome").GetString());
        Assert.Equal(await app.ReadTextAsync(runId, Artefacts.RejectsCsv), await rejects.Content.ReadAsStringAsync());
        Assert.Contains("Series Q", await rejects.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(await app.ReadTextAsync(runId, Artefacts.BeforeCsv), await before.Content.ReadAsStringAsync());
        var lines = (await plan.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(7, lines.Count);
        Assert.Contains(lines, line => line.GetProperty("field").GetString() == "ARR" && line.GetProperty("before").GetString() == "5" && line.GetProperty("after").GetString() == "17");
        Assert.All(lines, line => Assert.Equal("written", line.GetProperty("fate").GetString()));
    }

    [Fact]
    public async Task A_plan_is_filtered_as_the_command_filters_it_and_streamed_whole()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        var runId = (await app.RunAsync(RunMode.Plan)).RunId;
        using var http = app.Reader();

        Assert.Equal(120, await LinesAsync(http, runId, ""));
        Assert.Equal(30, await LinesAsync(http, runId, "?field=arr"));
        Assert.Equal(1, await LinesAsync(http, runId, $"?field=ARR&entry={app.World.Entries[3].Id}&reason=fill"));
        Assert.Equal(0, await LinesAsync(http, runId, "?reason=clear"));
        Assert.Equal(HostErrors.BadRequest.Id, await (await http.GetAsync($"/api/runs/{runId}/plan.jsonl?field=Colour")).CodeAsync());
    }

    [Theory]
    [InlineData("report")]
    [InlineData("rejects.csv")]
    [InlineData("before.csv")]
    [InlineData("plan.jsonl")]
    public async Task Files_of_runs_that_are_not_there_are_not_found(string file)
    {
        await using var app = await ApiApp.StartAsync();
        using var http = app.Reader();

        foreach (var id in new[] { "portfolio@20260303T0200Z", "..%2F..%2Fetc", "portfolio", "%20@adhoc-00000000-0000-0000-0000-000000000000" })
        {
            var answer = await http.GetAsync($"/api/runs/{id}/{file}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal(HostErrors.NotThere.Id, await answer.CodeAsync());
        }
    }

    private static List<string?> Ids(JsonElement page) => [.. page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("runId").GetString())];

    private static async Task<List<string?>> IdsAsync(HttpClient http, string query) => Ids(await http.GetFromJsonAsync<JsonElement>($"/api/runs?{query}"));

    private static async Task<int> LinesAsync(HttpClient http, string runId, string query) =>
        (await http.GetStringAsync($"/api/runs/{runId}/plan.jsonl{query}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private static Task<HttpResponseMessage> GetAsync(HttpClient http, string runId, EntityTagHeaderValue tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/runs/{runId}");
        request.Headers.IfNoneMatch.Add(tag);
        return http.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> UntilAsync(HttpClient http, string runId, Func<JsonElement, bool> happened)
    {
        var limit = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            var answer = await http.GetAsync($"/api/runs/{runId}");
            if (happened(await answer.JsonAsync()))
            {
                return answer;
            }

            Assert.True(DateTime.UtcNow < limit, await answer.Content.ReadAsStringAsync());
            await Task.Delay(10);
        }
    }
}
