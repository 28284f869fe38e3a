using System.Text.Json.Nodes;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>Scripts that call Azure, over an <c>az</c> that writes down what it is asked.</summary>
public sealed class CloudScriptTests : IDisposable
{
    private const string Outputs = """
        {"AZURE_RESOURCE_GROUP":"rg-affinity-durable-prod","FUNCTION_APP_NAME":"func-affinity-durable-prod-abc123","FUNCTION_APP_URI":"https://func.example.com",
         "KEY_VAULT_NAME":"kv-afdur-prod-abc123","DEFINITIONS_BLOB_URI":"https://stafdurprodabc123.blob.core.windows.net/affinity-durable-syncs",
         "SIMULATED_AFFINITY_NAME":"app-affinity-durable-prod-abc123","SIMULATED_AFFINITY_URI":"http://127.0.0.1:1"}
        """;

    private readonly Folder folder = new();
    private readonly FakeAz az;

    public CloudScriptTests() => az = new FakeAz(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_if_shows_the_template_with_the_parameters_of_the_environment()
    {
        az.Answers("deployment sub what-if", "Resource changes: 1 to create.");
        var result = await CallAsync("infra.sh", "what-if", "--environment", "prod", "--location", "westeurope");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("1 to create", result.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["deployment", "sub", "what-if", "--name", "affinity-durable-prod", "--location", "westeurope",
                "--template-file", Repository.Absolute("infra/main.bicep"), "--parameters", Repository.Absolute("infra/prod.bicepparam")],
            az.Calls.Single());
    }

    [Fact]
    public async Task A_deployment_writes_its_outputs_down_for_the_scripts_after_it()
    {
        az.Answers("deployment sub create", """{"FUNCTION_APP_NAME":{"type":"String","value":"func-a"},"OUTBOUND_IP_ADDRESS":{"type":"String","value":""}}""");
        var result = await CallAsync("infra.sh", "deploy", "--environment", "dev", "--location", "westeurope", "--outputs", folder.At("dev.json"));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal("""{"FUNCTION_APP_NAME":"func-a","OUTBOUND_IP_ADDRESS":""}""", JsonNode.Parse(await File.ReadAllTextAsync(folder.At("dev.json")))!.ToJsonString());
        Assert.Equal(["--query", "properties.outputs", "--output", "json"], az.Calls.Single()[^4..]);
        Assert.Contains(Repository.Absolute("infra/dev.bicepparam"), az.Calls.Single());
    }

    [Fact]
    public async Task A_deployment_that_fails_leaves_no_outputs()
    {
        var result = await CallAsync("infra.sh", "deploy", "--environment", "dev", "--location", "westeurope", "--outputs", folder.At("dev.json"));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal("", File.Exists(folder.At("dev.json")) ? await File.ReadAllTextAsync(folder.At("dev.json")) : "");
    }

    [Theory]
    [InlineData("what-if --environment qa --location westeurope", "There is no infra/qa.bicepparam")]
    [InlineData("what-if --environment prod", "--location is missing")]
    [InlineData("deploy --environment prod --location westeurope", "--outputs is missing")]
    [InlineData("delete --environment prod", "'delete' is none of what-if, deploy, outputs")]
    public async Task An_environment_that_is_not_there_and_calls_that_say_too_little_are_refused(string arguments, string reason)
    {
        var result = await CallAsync("infra.sh", arguments.Split(' '));
        Assert.Equal(64, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Empty(az.Calls);
    }

    [Fact]
    public async Task The_app_is_deployed_to_where_the_outputs_say_and_only_when_the_package_is_sound()
    {
        az.Answers("functionapp deployment source config-zip");
        var outputs = folder.Write("prod.json", Outputs);
        var unsound = folder.At("unsound");
        Directory.CreateDirectory(unsound);

        var refused = await CallAsync("deploy-app.sh", "--outputs", outputs, "--package", unsound);
        Assert.Equal(1, refused.ExitCode);
        Assert.Empty(az.Calls);

        var package = await SoundPackage.AppAsync(folder);
        var result = await CallAsync("deploy-app.sh", "--outputs", outputs, "--package", package);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(
            ["functionapp", "deployment", "source", "config-zip", "--resource-group", "rg-affinity-durable-prod", "--name", "func-affinity-durable-prod-abc123",
                "--src", package, "--timeout", "600", "--output", "none"],
            az.Calls.Single());
    }

    [Fact]
    public async Task The_simulated_Affinity_is_deployed_and_waited_for()
    {
        az.Answers("webapp deploy");
        folder.Write("cli/affinity-durable", "x");
        folder.Write("cli/affinity-durable.dll", "x");
        var result = await CallAsync("deploy-simulator.sh", "--outputs", folder.Write("dev.json", Outputs), "--package", folder.At("cli"), "--wait", "0");
        Assert.Equal(
            ["webapp", "deploy", "--resource-group", "rg-affinity-durable-prod", "--name", "app-affinity-durable-prod-abc123", "--src-path", folder.At("cli"),
                "--type", "zip", "--clean", "true", "--restart", "true", "--output", "none"],
            az.Calls.Single());
        Assert.Contains("does not answer as a simulated Affinity", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_that_are_not_there_are_named()
    {
        var missing = await CallAsync("deploy-app.sh", "--outputs", folder.At("none.json"), "--package", await SoundPackage.AppAsync(folder));
        Assert.Contains("There is no file", missing.Error, StringComparison.Ordinal);
        var empty = await CallAsync("deploy-app.sh", "--outputs", folder.Write("dev.json", """{"AZURE_RESOURCE_GROUP":""}"""), "--package", await SoundPackage.AppAsync(folder));
        Assert.Contains("has no AZURE_RESOURCE_GROUP", empty.Error, StringComparison.Ordinal);
        Assert.Empty(az.Calls);
    }

    private Task<ScriptResult> CallAsync(string script, params string[] arguments) => Script.CallAsync(script, az.Environment, arguments);
}
