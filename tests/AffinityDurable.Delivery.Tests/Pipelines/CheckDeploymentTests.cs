using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>check-deployment.sh and rollback.sh, against a served app and an <c>az</c> that knows of alerts.</summary>
public sealed class CheckDeploymentTests(ServedApp app) : IClassFixture<ServedApp>, IDisposable
{
    private const string Alerts = "rest --method get";

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_app_that_is_well_passes_with_the_key_of_the_vault()
    {
        var az = Az("""{"value":[]}""");
        var result = await CheckAsync(az, "--version", await VersionAsync(), "--since", "2026-11-27T12:00:00Z");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("3 syncs, all of them sound", result.Output, StringComparison.Ordinal);
        Assert.Contains("ok    no alert of rg-affinity-durable-dev has fired since 2026-11-27T12:00:00Z", result.Output, StringComparison.Ordinal);
        Assert.Equal(["keyvault", "secret", "show", "--vault-name", "kv-afdur-dev-abc123", "--name", "pipeline-api-key", "--query", "value", "--output", "tsv"], az.Calls[0]);
        Assert.Contains("targetResourceGroup=rg-affinity-durable-dev&monitorCondition=Fired", az.Calls[1][^1], StringComparison.Ordinal);
        Assert.DoesNotContain(ServedApp.Key, result.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-27T12:00:01.5Z", 1)]
    [InlineData("2026-11-27T11:59:59.5Z", 0)]
    public async Task An_alert_that_has_fired_since_fails_it_and_an_older_one_does_not(string fired, int exitCode)
    {
        var az = Az($$$"""{"value":[{"properties":{"essentials":{"severity":"Sev1","startDateTime":"{{{fired}}}","alertRule":"/subscriptions/s/providers/microsoft.insights/scheduledqueryrules/alert-run-failed"}} }]}""");
        var result = await CheckAsync(az, "--since", "2026-11-27T12:00:00Z");
        Assert.True(result.ExitCode == exitCode, result.ToString());
        Assert.Equal(exitCode == 1, result.Error.Contains("2026-11-27T12:00:01Z Sev1 alert-run-failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alerts_that_cannot_be_asked_for_fail_it()
    {
        var az = new FakeAz(folder).Answers("keyvault secret show", ServedApp.Key);
        var result = await CheckAsync(az);
        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain("no alert", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_version_than_the_deployed_one_fails_it()
    {
        var result = await CheckAsync(Az("""{"value":[]}"""), "--version", "9.9.9+abc", "--wait", "0");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"After 0 minutes: version {await VersionAsync()} answers, not 9.9.9+abc", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_is_not_ready_fails_it_and_says_why()
    {
        var url = $"http://127.0.0.1:{FreePort.Find()}";
        var settings = new Dictionary<string, string>(app.Settings) { ["Affinity__BaseAddress"] = "http://127.0.0.1:1" };
        using var cutOff = new CommandLineProgram(settings, "serve", "--listen", url, "--definitions", app.Folder.At("syncs"), "--state", folder.At("state"));
        await cutOff.UntilAsync("Ctrl-C stops.");
        var result = await Script.CallAsync("check-deployment.sh", app.Environment, "--url", url, "--wait", "0");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("GET /api/health answered 503 affinity", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_that_is_not_sound_fails_it()
    {
        var broken = app.Folder.Write("syncs/broken.yaml", "sync: broken\nlist: nowhere\n");
        var result = await Script.CallAsync("check-deployment.sh", app.Environment, "--url", app.Url, "--wait", "1");
        File.Delete(broken);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("broken: AFF111", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_deploys_the_earlier_package_and_looks_for_its_version()
    {
        var az = Az("""{"value":[]}""").Answers("functionapp deployment source config-zip");
        var package = await SoundPackage.AppAsync(folder);

        var unknown = await Script.CallAsync("rollback.sh", az.Environment, "--outputs", Outputs(), "--package", package, "--watch", "0");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("which says what version this package is", unknown.Error, StringComparison.Ordinal);
        Assert.Empty(az.Calls);

        folder.Write("app.version", await VersionAsync() + "\n");
        var result = await Script.CallAsync("rollback.sh", az.Environment, "--outputs", Outputs(), "--package", package, "--watch", "0");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(["functionapp", "keyvault", "rest"], az.Calls.Select(call => call[0]));
        Assert.Contains($"Back at version {await VersionAsync()}.", result.Output, StringComparison.Ordinal);
    }

    private FakeAz Az(string alerts) => new FakeAz(folder).Answers("keyvault secret show", ServedApp.Key).Answers(Alerts, alerts);

    private string Outputs() => folder.Write(
        "dev.json",
        $$"""{"AZURE_RESOURCE_GROUP":"rg-affinity-durable-dev","FUNCTION_APP_NAME":"func","FUNCTION_APP_URI":"{{app.Url}}/","KEY_VAULT_NAME":"kv-afdur-dev-abc123"}""");

    private async Task<string> VersionAsync() => (string)(await app.Client.GetFromJsonAsync<JsonNode>("api/health"))!["version"]!;

    private Task<ScriptResult> CheckAsync(FakeAz az, params string[] arguments) =>
        Script.CallAsync("check-deployment.sh", az.Environment, ["--outputs", Outputs(), "--wait", "1", "--watch", "0", .. arguments]);
}
