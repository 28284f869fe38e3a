using System.Text.RegularExpressions;

namespace AffinityDurable.Docs.Tests.Documentation;

/// <summary>The first page shows what the program prints.</summary>
public sealed partial class DemoTests
{
    private static readonly RepositoryFile Page = Repository.File("README.md");

    [Fact]
    public void The_definition_on_the_first_page_is_the_one_of_the_demo()
    {
        Assert.Contains(
            Markdown.Blocks(Page.Text, "yaml"),
            block => Repository.File("samples/demo/portfolio-metrics.yaml").Text.EndsWith(block, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_output_of_the_demo_is_as_shown()
    {
        using var demo = new ProgramProcess("demo", "--plain");
        AssertShown("A simulated Affinity", await demo.OutputAsync());
    }

    [Fact]
    public async Task The_output_of_a_plan_is_as_shown()
    {
        var state = Directory.CreateTempSubdirectory("affinity-durable-docs-").FullName;
        try
        {
            using var simulator = new ProgramProcess("simulator", "--demo");
            string[] scope = ["plan", "portfolio-metrics", "--domains", "acornai.com,deltacloud.io"];
            string[] place = ["--definitions", Repository.Absolute("samples/demo"), "--state", state];
            using var plan = new ProgramProcess(await simulator.SettingsAsync(2), [.. scope, .. place]);

            AssertShown("Changes:", await plan.OutputAsync());
            Assert.Contains($"`affinity-durable {string.Join(' ', scope)}`", Page.Text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private static void AssertShown(string start, string output)
    {
        var block = Markdown.Blocks(Page.Text, "text").Single(text => text.StartsWith(start, StringComparison.Ordinal));
        var shown = block.Split('\n').Select(Stable).Where(line => line.Trim() is not ("" or "…")).ToList();
        var printed = output.Split('\n').Select(Stable).ToHashSet();

        Assert.True(shown.Count > 8);
        Assert.All(shown, line => Assert.Contains(line, printed));
    }

    /// <summary>Ids, ports, instants and durations differ from run to run, and calls when the machine is slow.</summary>
    private static string Stable(string line) => line.StartsWith("Calls of", StringComparison.Ordinal) || line.StartsWith("Waits", StringComparison.Ordinal)
        ? ""
        : Volatile().Replace(line.TrimEnd(), "*");

    [GeneratedRegex(@"adhoc-[0-9a-f-]{36}|127\.0\.0\.1:\d+|\d+\.\d+ s\b|\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}Z")]
    private static partial Regex Volatile();
}
