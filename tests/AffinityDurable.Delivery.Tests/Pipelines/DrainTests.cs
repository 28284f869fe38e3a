using System.Net.Http.Json;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>drain.sh, against a served app: what keeps a deployment from starting, and what does not.</summary>
public sealed class DrainTests(ServedApp app) : IClassFixture<ServedApp>
{
    [Fact]
    public async Task Nothing_in_flight_and_nothing_due_lets_a_deployment_start()
    {
        var result = await DrainAsync("--window", "5", "--wait", "0");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("Nothing is in flight, and nothing is due within 5 minutes.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_occurrence_within_the_window_is_named_unless_its_sync_is_held()
    {
        var due = await DrainAsync("--window", "15", "--wait", "0");
        Assert.Equal(1, due.ExitCode);
        Assert.Contains($"Not quiet within 0 minutes: sync soon is due at {app.Soon:yyyy-MM-ddTHH:mm}:00", due.Error, StringComparison.Ordinal);

        using var held = await app.Client.PostAsJsonAsync("api/syncs/soon/hold", new { reason = "deployment" });
        held.EnsureSuccessStatusCode();
        var quiet = await DrainAsync("--window", "15", "--wait", "0");
        Assert.True(quiet.ExitCode == 0, quiet.ToString());
    }

    [Fact]
    public async Task A_run_in_flight_is_named_and_waited_for()
    {
        await app.SlowDownAsync(400);
        var run = await app.StartAsync("smoke");
        var flying = await DrainAsync("--window", "0", "--wait", "0");
        await app.SlowDownAsync(0);
        var landed = await DrainAsync("--window", "0", "--wait", "2");

        Assert.Equal(1, flying.ExitCode);
        Assert.Contains($"run {run} is in flight: ", flying.Error, StringComparison.Ordinal);
        Assert.True(landed.ExitCode == 0, landed.ToString());
    }

    [Fact]
    public async Task A_run_that_waits_for_its_approval_waits_through_a_deployment()
    {
        var run = await app.PushAsync("approved", "cell", "4711");
        await app.UntilAsync(run, view => (string?)view["status"]?["phase"] == "waiting for approval");
        var result = await DrainAsync("--window", "0", "--wait", "0");
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Fact]
    public async Task An_app_that_does_not_answer_is_not_drained()
    {
        var nobody = await Script.CallAsync("drain.sh", app.Environment, "--url", "http://127.0.0.1:1", "--wait", "0");
        Assert.Equal(1, nobody.ExitCode);
        Assert.Contains("answered 000, not 200", nobody.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is in flight", nobody.Output, StringComparison.Ordinal);

        var stranger = await Script.CallAsync("drain.sh", new Dictionary<string, string> { ["AFFINITYDURABLE_API_KEY"] = "wrong" }, "--url", app.Url, "--wait", "0");
        Assert.Equal(1, stranger.ExitCode);
        Assert.Contains("answered 401, not 200. AFF741", stranger.Error, StringComparison.Ordinal);

        var text = await DrainAsync("--window", "soon");
        Assert.Equal(64, text.ExitCode);
    }

    private Task<ScriptResult> DrainAsync(params string[] arguments) => Script.CallAsync("drain.sh", app.Environment, ["--url", app.Url, .. arguments]);
}
