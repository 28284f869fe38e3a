using System.Globalization;
using AffinityDurable.Sources.Tests.Files.Azure;
using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>definitions.sh: from a folder to the container of an environment, against a simulated Affinity.</summary>
public sealed class DefinitionsTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>, IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Definitions_are_validated_and_planned_and_no_field_value_is_printed()
    {
        var port = FreePort.Find();
        using var simulator = new CommandLineProgram(new Dictionary<string, string>(), "simulator", "--demo", "--port", port.ToString(CultureInfo.InvariantCulture), "--log");
        await simulator.UntilAsync("Ctrl-C stops.");
        Demo();
        var settings = Settings($"http://127.0.0.1:{port}");

        var validated = await Script.CallAsync("definitions.sh", settings, "validate", "--environment", "prod", "--folder", folder.At("syncs"));
        var planned = await Script.CallAsync("definitions.sh", settings, "plan", "--environment", "prod", "--folder", folder.At("syncs"));
        settings["Affinity__ApiKey"] = "wrong";
        var refused = await Script.CallAsync("definitions.sh", settings, "plan", "--environment", "prod", "--folder", folder.At("syncs"));

        Assert.True(validated.ExitCode == 0, validated.ToString());
        Assert.True(planned.ExitCode == 0, planned.ToString());
        Assert.Contains("portfolio-metrics: partial, list 77, 1163 entries and 5986 fields to change, 24 calls", planned.Output, StringComparison.Ordinal);
        Assert.Contains("  AFF402: 6 rejects", planned.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("409099", planned.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Acorn", planned.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("AFF5", refused.Output, StringComparison.Ordinal);
        Assert.Contains("1 plans failed", refused.Error, StringComparison.Ordinal);
        using var client = new HttpClient();
        Assert.DoesNotContain("PATCH", await client.GetStringAsync($"http://127.0.0.1:{port}/_sim/log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_validation_needs_no_key_and_finds_what_is_wrong()
    {
        Demo();
        var settings = new Dictionary<string, string> { ["AFFINITY_DURABLE"] = CommandLineProgram.OnPath(folder) };
        string[] arguments = ["validate", "--environment", "prod", "--folder", folder.At("syncs"), "--offline"];
        Assert.Equal(0, (await Script.CallAsync("definitions.sh", settings, arguments)).ExitCode);
        folder.Write("syncs/broken.yaml", "sync: broken\nlist: nowhere\n");
        var broken = await Script.CallAsync("definitions.sh", settings, arguments);
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("AFF111", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_definition_of_the_smoke_test_is_sound()
    {
        var settings = new Dictionary<string, string> { ["AFFINITY_DURABLE"] = CommandLineProgram.OnPath(folder) };
        var result = await Script.CallAsync("definitions.sh", settings, "validate", "--environment", "dev", "--folder", "eng/pipelines/smoke", "--offline");
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Fact]
    public async Task An_environment_without_an_overlay_is_refused_and_a_folder_without_definitions_is_nothing_to_do()
    {
        Demo();
        var without = await Script.CallAsync("definitions.sh", new Dictionary<string, string>(), "validate", "--environment", "qa", "--folder", folder.At("syncs"));
        Assert.Equal(1, without.ExitCode);
        Assert.Contains("overlays/qa.yaml; the app of qa refuses definitions without it", without.Error, StringComparison.Ordinal);

        Directory.CreateDirectory(folder.At("empty"));
        var empty = await Script.CallAsync("definitions.sh", new Dictionary<string, string>(), "publish", "--environment", "prod", "--folder", folder.At("empty"));
        Assert.True(empty.ExitCode == 0, empty.ToString());
        Assert.Contains("nothing to publish", empty.Output, StringComparison.Ordinal);
    }

    [ServiceFact(Service.Azurite)]
    public async Task Definitions_are_published_to_the_container_that_the_outputs_name()
    {
        Demo();
        var container = $"http://127.0.0.1:{azurite.Port}/devstoreaccount1/syncs-{Guid.NewGuid():N}";
        var outputs = folder.Write("prod.json", $$"""{"DEFINITIONS_BLOB_URI":"{{container}}"}""");
        var settings = new Dictionary<string, string> { ["AFFINITY_DURABLE"] = CommandLineProgram.OnPath(folder) };
        string[] arguments = ["publish", "--environment", "prod", "--folder", folder.At("syncs"), "--outputs", outputs];

        var dry = await Script.CallAsync("definitions.sh", settings, [.. arguments, "--dry-run"]);
        var published = await Script.CallAsync("definitions.sh", settings, arguments);
        var again = await Script.CallAsync("definitions.sh", settings, arguments);

        Assert.Contains("Would be published to", dry.Output, StringComparison.Ordinal);
        Assert.True(published.ExitCode == 0, published.ToString());
        Assert.Contains("2 added", published.Output, StringComparison.Ordinal);
        Assert.Contains("2 unchanged", again.Output, StringComparison.Ordinal);
        var blobs = azurite.Client.GetBlobContainerClient(container.Split('/')[^1]).GetBlobs().Select(blob => blob.Name);
        Assert.Equal(["overlays/prod.yaml", "portfolio-metrics.yaml"], blobs.Order(StringComparer.Ordinal));
    }

    private void Demo()
    {
        folder.Write("syncs/overlays/prod.yaml", "# Nothing differs.\n");
        foreach (var file in Directory.EnumerateFiles(Repository.Absolute("samples/demo"), "portfolio-metrics.*"))
        {
            File.Copy(file, folder.At($"syncs/{Path.GetFileName(file)}"), overwrite: true);
        }
    }

    private Dictionary<string, string> Settings(string affinity) => new(StringComparer.Ordinal)
    {
        ["AFFINITY_DURABLE"] = CommandLineProgram.OnPath(folder),
        ["Affinity__BaseAddress"] = affinity,
        ["Affinity__ApiKey"] = "simulated-affinity-key",
    };
}
