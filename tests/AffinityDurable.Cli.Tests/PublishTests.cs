using System.Text.RegularExpressions;
using AffinityDurable.Sources.Tests.Files.Azure;
using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Cli.Tests;

/// <summary><c>publish</c>, and runs of definitions that were published.</summary>
public sealed class PublishTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    [ServiceFact(Service.Azurite)]
    public async Task Definitions_are_published_and_run_from_the_container()
    {
        await using var workplace = await Workplace.CreateAsync(5);
        var container = Address();

        var dry = await workplace.RunAsync("publish", "--to", container, "--dry-run");
        var published = await workplace.RunAsync("publish", "syncs", "--to", container);
        var again = await workplace.RunAsync("publish", "--to", container);

        Assert.True(dry.ExitCode == ExitCodes.Succeeded, dry.ToString());
        Assert.Contains($"Would be published to {container}: 1 added.", dry.Output, StringComparison.Ordinal);
        Assert.True(published.ExitCode == ExitCodes.Succeeded, published.ToString());
        Assert.Matches(@"added +metrics\.yaml", published.Output);
        Assert.Contains($"Published to {container}: 1 added.", published.Output, StringComparison.Ordinal);
        Assert.Contains("1 unchanged.", again.Output, StringComparison.Ordinal);

        File.Delete(Path.Combine(workplace.Root, "syncs", "metrics.yaml"));
        File.Move(Path.Combine(workplace.Root, "syncs", "metrics.csv"), Path.Combine(workplace.Root, "metrics.csv"));
        workplace.Environment["Definitions__BlobUri"] = container;
        var run = await workplace.RunAsync("run", Workplace.Sync);
        var report = await workplace.RunAsync("runs", Regex.Match(run.Output, "metrics@adhoc-[0-9a-f-]{36}").Value, "--print", "report.json");
        var folder = await workplace.RunAsync("validate", "--offline", "--definitions", "syncs");

        Assert.True(run.ExitCode == ExitCodes.Succeeded, run.ToString());
        Assert.Equal(5, workplace.Simulator.Counters.AcceptedPatches);
        var blob = azurite.Client.GetBlobContainerClient(container.Split('/')[^1]).GetBlobClient("metrics.yaml");
        var etag = (await blob.GetPropertiesAsync()).Value.ETag.ToString().Trim('"');
        Assert.Matches($"\"definitionETag\":\"(..)?{etag}", report.Output);
        Assert.Contains("There are no definitions in", folder.Error, StringComparison.Ordinal);
    }

    [ServiceFact(Service.Azurite)]
    public async Task Of_definitions_with_problems_none_is_published_and_all_problems_are_shown()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        Directory.CreateDirectory(Path.Combine(workplace.Root, "syncs", "overlays"));
        workplace.Write("syncs/other.yaml", "sync: other\nlist: nowhere\n");
        workplace.Write("syncs/overlays/prod.yaml", "metrics:\n  fields: { ARR: other }\n");
        workplace.Write("syncs/overlays/test.yaml", "nothing:\n  list: 1\n");
        var container = Address();

        var published = await workplace.RunAsync("publish", "--to", container);
        workplace.Environment["Definitions__BlobUri"] = container;
        var listed = await workplace.RunAsync("validate", "--offline");

        Assert.True(published.ExitCode == ExitCodes.Failed, published.ToString());
        Assert.Contains("other.yaml(2): AFF111", published.Output, StringComparison.Ordinal);
        Assert.Contains("overlays/prod.yaml(2): AFF172", published.Output, StringComparison.Ordinal);
        Assert.Contains("overlays/test.yaml(1): AFF171", published.Output, StringComparison.Ordinal);
        Assert.Contains("AFF781", listed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_container_there_is_nowhere_to_publish_to()
    {
        await using var workplace = await Workplace.CreateAsync(1);

        var published = await workplace.RunAsync("publish");

        Assert.True(published.ExitCode == ExitCodes.Failed, published.ToString());
        Assert.Contains("AFF784", published.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_runs_on_the_list_of_its_overlay_and_nothing_runs_without_one()
    {
        await using var workplace = await Workplace.CreateAsync(3);
        Directory.CreateDirectory(Path.Combine(workplace.Root, "syncs", "overlays"));
        workplace.WriteDefinition("state: active");
        workplace.Write("syncs/overlays/prod.yaml", "metrics:\n  state: held\n");

        workplace.Environment["Environment__Name"] = "prod";
        var held = await workplace.RunAsync("run", Workplace.Sync);
        workplace.Environment["Environment__Name"] = "prd";
        var misspelt = await workplace.RunAsync("run", Workplace.Sync);
        var validated = await workplace.RunAsync("validate", Workplace.Sync, "--offline");
        var before = workplace.Simulator.Counters.PatchCalls;
        workplace.Environment.Remove("Environment__Name");
        var run = await workplace.RunAsync("run", Workplace.Sync);

        Assert.Contains("AFF623", held.Output, StringComparison.Ordinal);
        Assert.Contains("AFF170", misspelt.Error, StringComparison.Ordinal);
        Assert.Contains("AFF170", validated.Output, StringComparison.Ordinal);
        Assert.Equal(0, before);
        Assert.True(run.ExitCode == ExitCodes.Succeeded, run.ToString());
    }

    private string Address() => $"http://127.0.0.1:{azurite.Port}/devstoreaccount1/test-{Guid.NewGuid():N}";
}
