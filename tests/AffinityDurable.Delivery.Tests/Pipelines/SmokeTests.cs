namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>smoke.sh, against a served app and a simulated Affinity.</summary>
public sealed class SmokeTests(ServedApp app) : IClassFixture<ServedApp>
{
    [Fact]
    public async Task It_goes_around_and_can_be_run_again()
    {
        var first = await SmokeAsync(app.Environment);
        var second = await SmokeAsync(app.Environment);

        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.True(second.ExitCode == 0, second.ToString());
        Assert.Contains("wrote one field and read it back: 24 calls, by pipeline", first.Output, StringComparison.Ordinal);
        Assert.Contains("took it back, and the sync is held", first.Output, StringComparison.Ordinal);
        Assert.Contains("ok    held, nothing was written, released", first.Output, StringComparison.Ordinal);
        Assert.Contains($"Everything is as it should be at {app.Url}.", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ServedApp.Key, first + second.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_the_first_thing_that_is_wrong()
    {
        var wrongKey = await SmokeAsync(new Dictionary<string, string> { ["AFFINITYDURABLE_API_KEY"] = "wrong" });
        Assert.Equal(1, wrongKey.ExitCode);
        Assert.Contains("The app does not know the key", wrongKey.Error, StringComparison.Ordinal);

        var nobody = await Script.CallAsync("smoke.sh", app.Environment, "--url", "http://127.0.0.1:1", "--wait", "0");
        Assert.Equal(1, nobody.ExitCode);
        Assert.Contains("The app is not ready after 0 minutes", nobody.Error, StringComparison.Ordinal);

        var without = await Script.CallAsync("smoke.sh", new Dictionary<string, string> { ["AFFINITYDURABLE_API_KEY"] = "" }, "--url", app.Url);
        Assert.Equal(64, without.ExitCode);
    }

    private Task<ScriptResult> SmokeAsync(IReadOnlyDictionary<string, string> environment) =>
        Script.CallAsync("smoke.sh", environment, "--url", app.Url, "--wait", "1");
}
