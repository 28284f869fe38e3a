using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AffinityDurable.Docs.Tests.Documentation;

/// <summary>The first page shows the demo as it is.</summary>
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
    public async Task The_output_on_the_first_page_is_that_of_the_demo()
    {
        var shown = Markdown.Blocks(Page.Text, "text").Single().Split('\n').Select(Stable).Where(line => line.Trim() is not ("" or "…")).ToList();
        var printed = (await RunDemoAsync()).Split('\n').Select(Stable).ToHashSet();

        Assert.True(shown.Count > 20);
        Assert.All(shown, line => Assert.Contains(line, printed));
    }

    /// <summary>Ids, ports, instants and durations differ from run to run, and calls when the machine is slow.</summary>
    private static string Stable(string line) => line.StartsWith("Calls of", StringComparison.Ordinal) || line.StartsWith("Waits", StringComparison.Ordinal)
        ? ""
        : Volatile().Replace(line.TrimEnd(), "*");

    private static async Task<string> RunDemoAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "affinity-durable.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "demo", "--plain"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"The demo ended with {process.ExitCode}: {await errors}");
        return output;
    }

    [GeneratedRegex(@"adhoc-[0-9a-f-]{36}|127\.0\.0\.1:\d+|\d+\.\d+ s\b|\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}Z")]
    private static partial Regex Volatile();
}
