using System.Reflection;
using AffinityDurable.Core.Errors;
using AffinityDurable.Functions;
using AffinityDurable.LocalHost;
using AffinityDurable.Simulator;
using AffinityDurable.Sources;

namespace AffinityDurable.Docs.Tests.Architecture;

/// <summary>Who may know whom; docs/development.md explains it.</summary>
public sealed class ProjectTests
{
    private const string Ours = "AffinityDurable.";

    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Cli"] = ["Core", "Functions", "LocalHost", "Simulator", "Sources"],
        ["Core"] = [],
        ["FunctionApp"] = ["Functions"],
        ["Functions"] = ["Core", "Sources"],
        ["LocalHost"] = [],
        ["Simulator"] = [],
        ["Sources"] = ["Core"],
    };

    private static readonly Assembly Core = typeof(ErrorCode).Assembly;
    private static readonly Assembly Sources = typeof(SourceAdapters).Assembly;
    private static readonly Assembly Functions = typeof(AffinityDurableServices).Assembly;
    private static readonly Assembly LocalHost = typeof(EmbeddedHost).Assembly;
    private static readonly Assembly Simulator = typeof(SimulatorServer).Assembly;

    public static TheoryData<string> Names => [.. MayKnow.Keys];

    [Fact]
    public void Every_project_is_known_here()
    {
        Assert.Equal(MayKnow.Keys.Order(StringComparer.Ordinal), Project.All.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Projects_refer_only_to_those_they_may_know(string name)
    {
        Assert.Subset(MayKnow[name].ToHashSet(), Project.All[name].References.ToHashSet());
    }

    [Fact]
    public void Assemblies_refer_only_to_those_they_may_know()
    {
        Assert.All<(Assembly Assembly, string Name)>(
            [(Core, "Core"), (Sources, "Sources"), (Functions, "Functions"), (LocalHost, "LocalHost"), (Simulator, "Simulator")],
            pair => Assert.Subset(MayKnow[pair.Name].ToHashSet(), References(pair.Assembly, Ours).Select(reference => reference[Ours.Length..]).ToHashSet()));
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("Azure")]
    [InlineData("Microsoft.Azure")]
    [InlineData("Microsoft.DurableTask")]
    [InlineData("DurableTask")]
    [InlineData("DuckDB")]
    [InlineData("Microsoft.Data.Sqlite")]
    public void Core_knows_no_host_no_web_server_and_no_driver(string forbidden)
    {
        Assert.Empty(References(Core, forbidden));
        Assert.DoesNotContain(Project.All["Core"].Packages, package => package.StartsWith(forbidden, StringComparison.Ordinal));
        Assert.False(Project.All["Core"].UsesAspNetCore || Project.All["Core"].UsesAzureFunctions);
    }

    [Fact]
    public void Drivers_are_in_one_place_each()
    {
        Assert.Equal(["Sources"], UsersOf("DuckDB"));
        Assert.Equal(["LocalHost"], UsersOf("Microsoft.Data.Sqlite"));
    }

    [Fact]
    public void Sources_know_neither_a_host_nor_a_web_server()
    {
        Assert.False(Project.All["Sources"].UsesAspNetCore || Project.All["Sources"].UsesAzureFunctions);
    }

    [Fact]
    public void The_simulator_knows_neither_our_code_nor_Azure_and_of_packages_only_that_of_its_document()
    {
        Assert.False(Project.All["Simulator"].UsesAzureFunctions);
        Assert.Equal(["Microsoft.OpenApi"], Project.All["Simulator"].Packages);
    }

    [Fact]
    public void No_project_names_packages_of_the_worker_since_the_feed_decides_about_them()
    {
        var packages = Project.All.Values.SelectMany(project => project.Packages).ToList();

        Assert.DoesNotContain(packages, package => package.StartsWith("Microsoft.Azure", StringComparison.Ordinal));
        Assert.DoesNotContain(packages, package => package.StartsWith("Microsoft.DurableTask", StringComparison.Ordinal));
    }

    private static IEnumerable<string> UsersOf(string package) =>
        Project.All.Values.Where(project => project.Packages.Any(one => one.StartsWith(package, StringComparison.Ordinal))).Select(project => project.Name);

    private static IEnumerable<string> References(Assembly assembly, string prefix) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => name.StartsWith(prefix, StringComparison.Ordinal));
}
