using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using AffinityDurable.Delivery.Tests.Infrastructure;

namespace AffinityDurable.Delivery.Tests.Pipelines;

/// <summary>Scripts of the build that need no package feed, and what the others tell <c>dotnet</c>.</summary>
public sealed class BuildScriptTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [BicepFact]
    public async Task Every_template_is_compiled_and_linted()
    {
        var result = await Script.CallAsync("bicep.sh", new Dictionary<string, string> { ["BICEP"] = Repository.Metadata("Bicep")! }, "--output", folder.At("arm"));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(
            [.. Repository.Paths("infra", "*.bicepparam").Select(file => Path.GetFileName(file) + ".json"), "main.json"],
            Directory.EnumerateFiles(folder.At("arm")).Select(file => Path.GetFileName(file)).OrderBy(file => file == "main.json").ThenBy(file => file, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_finding_of_the_linter_fails_the_build()
    {
        var loud = folder.Program("bicep", "[[ $1 != lint ]] || echo 'main.bicep(1,1) : Warning no-unused-params' >&2\n");
        var result = await Script.CallAsync("bicep.sh", new Dictionary<string, string> { ["BICEP"] = loud }, "--output", folder.At("arm"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no-unused-params", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_compiler_is_the_one_that_the_tests_use()
    {
        var result = await Script.CallAsync("bicep.sh", new Dictionary<string, string> { ["NUGET_PACKAGES"] = folder.At("none") }, "--output", folder.At("arm"));
        Assert.Contains("/azure.bicep.commandline.linux-x64/0.49.2/tools/bicep", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tests_are_run_with_the_official_packages_and_leave_results_and_coverage()
    {
        var calls = await DotnetAsync("test.sh", "--results", folder.At("results"));
        Assert.Equal("build AffinityDurable.sln --configuration Release -p:AzurePackages=true", calls[0]);
        Assert.Equal(
            $"test AffinityDurable.sln --configuration Release -p:AzurePackages=true --no-build --logger trx --results-directory {folder.At("results")} --collect Code Coverage;Format=Cobertura",
            calls[1]);
    }

    [Fact]
    public async Task Format_is_checked_and_put_right_on_request()
    {
        Assert.All(await DotnetAsync("format.sh"), call => Assert.EndsWith("--verify-no-changes", call, StringComparison.Ordinal));
        Assert.All(await DotnetAsync("format.sh", "--fix"), call => Assert.DoesNotContain("--verify-no-changes", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_package_is_made_with_the_official_packages_for_the_platform_and_looked_into()
    {
        // Publishing writes what the feed of this machine cannot: a sound package.
        await SoundPackage.AppAsync(folder);
        folder.Program("bin/dotnet", $$"""
            echo "$*" >>'{{folder.At("calls")}}'
            while (($#)); do [[ $1 != --output ]] || output=$2; shift; done
            mkdir -p "$output"
            if [[ $output == */app ]]; then cp -R '{{folder.At("sound")}}'/. "$output"; else echo x >"$output/affinity-durable"; echo x >"$output/affinity-durable.dll"; fi
            """);
        var result = await Script.CallAsync("package.sh", OnPath(), "--output", folder.At("package"), "--version", "1.2.3", "--commit", "abcdef");

        Assert.True(result.ExitCode == 0, result.ToString());
        var calls = await File.ReadAllLinesAsync(folder.At("calls"));
        Assert.All(calls, call => Assert.Contains("--configuration Release --runtime linux-x64 --output ", call, StringComparison.Ordinal));
        Assert.All(calls, call => Assert.Contains("-p:AzurePackages=true -p:Version=1.2.3 -p:SourceRevisionId=abcdef", call, StringComparison.Ordinal));
        Assert.Equal("1.2.3+abcdef\n", await File.ReadAllTextAsync(folder.At("package/app.version")));
        await using var archive = await ZipFile.OpenReadAsync(folder.At("package/app.zip"));
        Assert.Contains(archive.Entries, entry => entry.FullName.StartsWith(".azurefunctions/", StringComparison.Ordinal));
        Assert.Contains("cli.zip has what it needs", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_is_unpacked_and_put_on_the_path_of_later_steps()
    {
        folder.Program("cli/affinity-durable", "echo affinity-durable 1.2.3\n");
        await ZipFile.CreateFromDirectoryAsync(folder.At("cli"), folder.At("cli.zip"));
        var result = await Script.CallAsync("use-cli.sh", new Dictionary<string, string> { ["TF_BUILD"] = "True" }, "--package", folder.At("cli.zip"), "--to", folder.At("to"));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal($"affinity-durable 1.2.3\n##vso[task.prependpath]{folder.At("to")}\n", result.Output);
    }

    [Fact]
    public async Task A_run_is_tagged_as_a_rollback_looks_for_it()
    {
        var tag = await Script.CallAsync("mark-release.sh", new Dictionary<string, string>(), "--environment", "prod");
        Assert.Equal("##vso[build.addbuildtag]deployed-prod\n", tag.Output);
        var rollback = Pipeline.OfMain().Stages.Single(stage => stage.Name == "Prod").Jobs.Single(job => job.Name == "Rollback");
        Assert.Equal("deployed-prod", (string?)rollback.Tasks("DownloadPipelineArtifact@2").Single(task => (string?)task["inputs"]!["buildType"] == "specific")["inputs"]!["tags"]);
        Assert.Equal("eq(dependencies.Check.result, 'Failed')", (string?)rollback.Content["condition"]);
    }

    [Fact]
    public async Task The_bill_of_materials_lists_what_is_deployed()
    {
        var result = await Script.CallAsync("sbom.sh", new Dictionary<string, string>(), "--output", folder.At("sbom"), "--version", "1.2.3");
        Assert.True(result.ExitCode == 0, result.ToString());
        var bill = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("sbom/app.cdx.json")))!;
        Assert.Equal(("CycloneDX", "1.2.3"), ((string)bill["bomFormat"]!, (string)bill["metadata"]!["component"]!["version"]!));
        Assert.Contains("DuckDB.NET.Data.Full", bill["components"]!.AsArray().Select(component => (string)component!["name"]!));
        Assert.True(File.Exists(folder.At("sbom/cli.cdx.json")));
    }

    private Dictionary<string, string> OnPath() => new(StringComparer.Ordinal)
    {
        ["PATH"] = string.Create(CultureInfo.InvariantCulture, $"{folder.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}"),
    };

    /// <summary>What a script asks of <c>dotnet</c>.</summary>
    private async Task<string[]> DotnetAsync(string script, params string[] arguments)
    {
        File.Delete(folder.At("calls"));
        folder.Program("bin/dotnet", $"echo \"$*\" >>'{folder.At("calls")}'\n");
        var result = await Script.CallAsync(script, OnPath(), arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return await File.ReadAllLinesAsync(folder.At("calls"));
    }
}
