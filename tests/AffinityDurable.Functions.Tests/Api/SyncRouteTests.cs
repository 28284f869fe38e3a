using System.Net.Http.Json;
using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.Access;

namespace AffinityDurable.Functions.Tests.Api;

/// <summary>What readers see of syncs.</summary>
public sealed class SyncRouteTests
{
    [Fact]
    public async Task A_sync_shows_its_list_its_schedule_its_next_occurrence_and_its_last_run()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define("schedule: { cron: \"0 2 * * *\", timeZone: America/New_York }");
        app.ExportAll(n => n);
        var before = await SyncAsync(app.Reader());
        await app.RunAsync(RunMode.Plan);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var run = await app.RunAsync();

        var sync = await SyncAsync(app.Reader());

        Assert.False(before.TryGetProperty("lastRun", out _));
        Assert.Equal(("portfolio", 77), (sync.GetProperty("sync").GetString(), sync.GetProperty("list").GetInt64()));
        var schedule = sync.GetProperty("schedule");
        Assert.Equal(("0 2 * * *", "America/New_York"), (schedule.GetProperty("cron").GetString(), schedule.GetProperty("timeZone").GetString()));
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 7, 0, 0, TimeSpan.Zero), schedule.GetProperty("next").GetDateTimeOffset());
        var last = sync.GetProperty("lastRun");
        Assert.Equal((run.RunId, "succeeded", 30), (last.GetProperty("runId").GetString(), last.GetProperty("outcome").GetString(), last.GetProperty("entriesWritten").GetInt32()));
        Assert.Equal("active", sync.GetProperty("state").GetString());
        Assert.Equal(0, sync.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task A_held_sync_says_who_holds_it_and_why()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define();
        using var key = app.Operator();
        await key.PostAsJsonAsync("/api/syncs/portfolio/hold", new { reason = "audit", planOnly = true });

        var sync = await SyncAsync(key);

        Assert.Equal("planOnly", sync.GetProperty("state").GetString());
        Assert.Equal(("audit", "hightouch"), (sync.GetProperty("hold").GetProperty("reason").GetString(), sync.GetProperty("hold").GetProperty("by").GetString()));
    }

    [Fact]
    public async Task A_definition_with_problems_shows_them_by_code()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define("colour: red");

        var sync = await SyncAsync(app.Reader());

        var problem = Assert.Single(sync.GetProperty("problems").EnumerateArray());
        Assert.Equal(DefinitionErrors.UnknownKey.Id, problem.GetProperty("code").GetString());
        Assert.True(problem.GetProperty("line").GetInt32() > 1);
        Assert.False(sync.TryGetProperty("list", out _));
    }

    private static async Task<JsonElement> SyncAsync(HttpClient http) =>
        Assert.Single((await http.GetFromJsonAsync<JsonElement>("/api/syncs")).GetProperty("syncs").EnumerateArray());
}
