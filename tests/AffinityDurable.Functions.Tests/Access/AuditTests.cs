using System.Net;
using System.Net.Http.Json;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers.Access;

namespace AffinityDurable.Functions.Tests.Access;

/// <summary>Who did what, and when.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Every_call_that_changes_something_is_recorded_with_who_what_and_when()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define();
        app.ExportAll(n => n);
        using var key = app.Operator();

        var started = await key.PostAsJsonAsync("/api/syncs/portfolio/runs", new { mode = "plan", by = "somebody else" });
        var unknown = await key.PostAsJsonAsync("/api/syncs/nothing/hold", new { reason = "audit" });

        var records = await app.AuditAsync();
        Assert.Equal(2, records.Count);
        Assert.All(records, record => Assert.Equal(("hightouch", Role.Operator, TestApp.Evening, TestApp.Evening), (record.By, record.Role, record.At, record.EndedAt)));
        var run = Assert.Single(records, record => record.Path == "/api/syncs/portfolio/runs");
        Assert.Equal(("POST", (int)started.StatusCode), (run.Method, run.Status));
        Assert.Equal(Uri.UnescapeDataString(started.Headers.Location!.ToString().Split('/')[^1]), run.RunId);
        Assert.Equal((int)unknown.StatusCode, Assert.Single(records, record => record.Path == "/api/syncs/nothing/hold").Status);
        Assert.Contains(app.Log.Lines, line => line.Text.Contains("hightouch called POST /api/syncs/portfolio/runs: 202", StringComparison.Ordinal));
        await app.EndAsync(run.RunId!);
    }

    [Fact]
    public async Task A_call_that_the_role_does_not_reach_is_recorded_too()
    {
        await using var app = await ApiApp.StartAsync();
        using var reader = app.Reader();

        var refused = await reader.PostAsJsonAsync("/api/syncs/portfolio/hold", new { reason = "audit" });

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var record = Assert.Single(await app.AuditAsync());
        Assert.Equal(("dashboard", Role.Reader, 403), (record.By, record.Role, record.Status!.Value));
    }

    [Fact]
    public async Task Who_only_looks_or_is_unknown_leaves_no_record()
    {
        await using var app = await ApiApp.StartAsync();
        using var reader = app.Reader();
        using var nobody = app.Caller();

        await reader.GetAsync("/api/runs/portfolio@20260303T0200Z");
        await nobody.PostAsync("/api/syncs/portfolio/hold", null);

        Assert.Empty(await app.AuditAsync());
    }

    [Fact]
    public async Task At_this_machine_the_record_has_the_name_that_the_request_gives()
    {
        await using var app = await ApiApp.StartAsync(("Access:TrustLoopback", "true"));
        app.Define();
        using var ada = app.Caller();

        await ada.PostAsJsonAsync("/api/syncs/portfolio/hold", new { reason = "audit", by = "Ada" });

        Assert.Equal("Ada", Assert.Single(await app.AuditAsync()).By);
    }

    [Fact]
    public async Task A_caller_with_a_name_signs_with_it_whatever_the_body_says()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define();
        using var key = app.Operator();

        var held = await key.PostAsJsonAsync("/api/syncs/portfolio/hold", new { reason = "audit", by = "Ada" });

        Assert.Contains("\"by\":\"hightouch\"", await held.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_cannot_break_a_line_of_the_log()
    {
        await using var app = await ApiApp.StartAsync();
        using var reader = app.Reader();

        await reader.PostAsync("/api/syncs/x%0Aroot%20called/hold", null);

        Assert.Equal("/api/syncs/x%0Aroot%20called/hold", Assert.Single(await app.AuditAsync()).Path);
        Assert.DoesNotContain(app.Log.Lines, line => line.Text.StartsWith("root called", StringComparison.Ordinal));
    }
}
