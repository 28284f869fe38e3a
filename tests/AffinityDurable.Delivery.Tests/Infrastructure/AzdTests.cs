using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AffinityDurable.Delivery.Tests.Pipelines;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>What azd reads: azure.yaml, and the parameters that take its variables.</summary>
public sealed partial class AzdTests
{
    /// <summary>Variables that azd sets in every environment.</summary>
    private static readonly string[] OfAzd = ["AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_PRINCIPAL_ID"];

    private static readonly JsonObject Project = Yaml.Read(Repository.Text("azure.yaml"));

    [Fact]
    public void It_deploys_the_function_app_into_what_the_template_makes()
    {
        var app = At("services", "app");

        Assert.True(File.Exists(Repository.Absolute(Path.Combine(Text(app, "project"), "AffinityDurable.FunctionApp.csproj"))));
        Assert.Equal(("function", "dotnet"), (Text(app, "host"), Text(app, "language")));
        Assert.True(File.Exists(Repository.Absolute($"{Text(At("infra"), "path")}/{Text(At("infra"), "module")}.bicep")));
        Assert.True(File.Exists(Repository.Absolute($"{Text(At("infra"), "path")}/{Text(At("infra"), "module")}.bicepparam")));
    }

    [BicepFact]
    public void It_finds_the_app_and_the_group_by_outputs_of_the_template()
    {
        var outputs = Templates.Compiled.GetProperty("outputs").EnumerateObject().Select(output => output.Name).ToList();

        Assert.Contains(Text(At("services", "app"), "resourceName").Trim('$', '{', '}'), outputs);
        Assert.Contains("AZURE_RESOURCE_GROUP", outputs);
    }

    [Theory]
    [InlineData("true", "linux-x64", true)]
    [InlineData("true", "", false)]
    [InlineData("", "linux-x64", false)]
    public void It_packages_nothing_for_another_platform_or_without_the_official_packages(string packages, string platform, bool goesOn)
    {
        using var hook = Hook(Text(At("services", "app", "hooks", "prepackage", "posix"), "run"), ("AzurePackages", packages), ("RuntimeIdentifier", platform));
        var error = hook.StandardError.ReadToEnd();
        hook.WaitForExit();

        Assert.Equal(goesOn, hook.ExitCode == 0);
        Assert.Equal(goesOn, error.Length == 0);
        Assert.True(goesOn || error.Contains("export AzurePackages=true RuntimeIdentifier=linux-x64", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_hook_has_a_script_for_both_kinds_of_shell()
    {
        JsonObject[] hooks = [At("hooks", "preprovision"), At("services", "app", "hooks", "prepackage")];

        Assert.All(hooks, hook => Assert.Equal(["posix", "windows"], hook.Select(shell => shell.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Parameters_take_variables_that_azd_sets_or_that_the_page_names()
    {
        var read = Variable().Matches(Repository.Text("infra/main.bicepparam")).Select(match => match.Groups["name"].Value).Distinct().ToList();
        var said = Repository.Text("docs/deployment.md") + Text(At("hooks", "preprovision", "posix"), "run");

        Assert.Superset(OfAzd.ToHashSet(), read.ToHashSet());
        Assert.All(read.Except(OfAzd), name => Assert.Contains($"azd env set {name} ", said, StringComparison.Ordinal));
    }

    private static Process Hook(string script, params (string Name, string Value)[] variables)
    {
        ProcessStartInfo start = new("sh", ["-c", script]) { RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static JsonObject At(params string[] path) => path.Aggregate(Project, (node, key) => node[key]!.AsObject());

    private static string Text(JsonObject node, string key) => node[key]!.GetValue<string>();

    [GeneratedRegex(@"readEnvironmentVariable\('(?<name>\w+)'")]
    private static partial Regex Variable();
}
