using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;

namespace AffinityDurable.Functions.Tests.Decisions;

/// <summary>Decisions over HTTP.</summary>
public sealed class DecisionRouteTests
{
    [Fact]
    public async Task A_waiting_plan_shows_its_hash_and_is_approved_by_it()
    {
        await using var app = await StartAsync();
        app.Define("approval: always");
        app.ExportAll(n => n);
        using var http = new HttpClient { BaseAddress = app.Host.Url };
        var runId = await app.StartRunAsync();
        await app.UntilWaitingAsync(runId);

        var view = await http.GetFromJsonAsync<JsonElement>($"/api/runs/{runId}");
        var hash = view.GetProperty("status").GetProperty("planHash").GetString();
        var wrong = await http.PostAsJsonAsync($"/api/runs/{runId}/approve", new { planHash = new string('1', 64), by = "Ada" });
        var nameless = await http.PostAsJsonAsync($"/api/runs/{runId}/approve", new { planHash = hash });
        var approved = await http.PostAsJsonAsync($"/api/runs/{runId}/approve", new { planHash = hash, by = "Ada", comment = "fine" });
        var report = await app.EndAsync(runId);
        var late = await http.PostAsJsonAsync($"/api/runs/{runId}/decline", new { planHash = hash, by = "Bob" });

        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.BadRequest, HttpStatusCode.Accepted, HttpStatusCode.Conflict],
            new[] { wrong, nameless, approved, late }.Select(answer => answer.StatusCode));
        Assert.Equal((RunOutcome.Succeeded, "fine"), (report.Outcome, report.Approval!.Answer!.Comment));
        Assert.Equal(DecisionErrors.NotWaiting.Id, await CodeAsync(late));
    }

    [Fact]
    public async Task A_plan_is_declined_applied_and_undone_by_its_run()
    {
        await using var app = await StartAsync();
        app.Define();
        app.ExportAll(n => n);
        using var http = new HttpClient { BaseAddress = app.Host.Url };
        var plan = await app.RunAsync(RunMode.Plan);

        var applied = await StartedAsync(app, await http.PostAsync($"/api/runs/{plan.RunId}/apply", null));
        var again = await http.PostAsync($"/api/runs/{applied.RunId}/apply", null);
        var undone = await StartedAsync(app, await http.PostAsJsonAsync($"/api/runs/{applied.RunId}/undo", new { fields = new[] { "Notes" }, by = "Ada" }));
        var nothing = await http.PostAsync($"/api/runs/{plan.RunId}/undo", null);
        var unknownField = await http.PostAsJsonAsync($"/api/runs/{applied.RunId}/undo", new { fields = new[] { "Colour" } });
        var unknown = await http.PostAsync("/api/runs/portfolio@adhoc-00000000-0000-0000-0000-000000000000/undo", null);

        Assert.Equal((RunOutcome.Succeeded, 30L), (applied.Outcome, applied.Writes!.EntriesWritten));
        Assert.Equal((RunOutcome.Succeeded, 30L, "Ada"), (undone.Outcome, undone.Writes!.FieldsWritten, undone.By));
        Assert.Equal(
            new List<string?> { DecisionErrors.PlanNotApplicable.Id, DecisionErrors.NothingToUndo.Id, DecisionErrors.NothingToUndo.Id, HostErrors.NotThere.Id },
            [await CodeAsync(again), await CodeAsync(nothing), await CodeAsync(unknownField), await CodeAsync(unknown)]);
    }

    [Fact]
    public async Task A_sync_is_held_and_released_by_those_who_have_seen_what_it_would_write()
    {
        await using var app = await StartAsync();
        app.Define();
        app.ExportAll(n => n);
        using var http = new HttpClient { BaseAddress = app.Host.Url };

        var unreasoned = await http.PostAsJsonAsync("/api/syncs/portfolio/hold", new { by = "Ada" });
        var held = await http.PostAsJsonAsync("/api/syncs/portfolio/hold", new { reason = "audit", by = "Ada" });
        var blocked = await app.RunAsync();
        var blind = await http.PostAsJsonAsync("/api/syncs/portfolio/release", new { plan = blocked.RunId, by = "Ada" });
        var plan = await app.RunAsync(RunMode.Plan);
        var released = await http.PostAsJsonAsync("/api/syncs/portfolio/release", new { plan = plan.RunId, by = "Ada" });
        var unknown = await http.PostAsJsonAsync("/api/syncs/nothing/hold", new { reason = "audit", by = "Ada" });

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK, HttpStatusCode.NotFound],
            new[] { unreasoned, held, blind, released, unknown }.Select(answer => answer.StatusCode));
        Assert.Equal(DecisionErrors.NoFreshPlan.Id, await CodeAsync(blind));
        Assert.Equal(RunOutcome.Succeeded, (await app.RunAsync()).Outcome);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(companies: 30, host: options =>
    {
        options.ClockJump = null;
        options.Listen = new Uri("http://127.0.0.1:0");
    });

    private static async Task<Core.Reporting.RunReport> StartedAsync(TestApp app, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await app.EndAsync((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("runId").GetString()!);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
