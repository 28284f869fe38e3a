using AffinityDurable.Core.Sources;
using AffinityDurable.Sources;
using Microsoft.Extensions.DependencyInjection;
using AffinityDurable.Cli.Demo;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Tests;

public sealed class DemoTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("affinity-durable-cli-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task The_demo_ends_as_planted_in_any_directory_and_whatever_the_environment_says()
    {
        var hostile = new Dictionary<string, string> { ["Affinity__ApiKey"] = "real-key", ["Affinity__BaseAddress"] = "http://127.0.0.1:9", ["Writes__Enabled"] = "false" };
        var demo = await CliProcess.RunAsync(directory, hostile, "demo");

        Assert.True(demo.ExitCode == 0, demo.ToString());
        Assert.Contains("Everything came out as planted", demo.Output, StringComparison.Ordinal);
        Assert.Contains("Partial: run portfolio-metrics@adhoc-", demo.Output, StringComparison.Ordinal);
        Assert.Matches(@"AFF402 .*: 6", demo.Output);
        Assert.Matches(@"74 +Orchard Health +Stage +'Series Q' is not an option", demo.Output);
        Assert.Contains("Add the option in Affinity", demo.Output, StringComparison.Ordinal);
        Assert.Matches(@"Waits, minute limit: \d+ on a durable timer", demo.Output);
        Assert.Contains("0 entries to change, 0 PATCH calls", demo.Output, StringComparison.Ordinal);
        Assert.Matches(@"minute limit: going on in \d+ s", demo.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory));
    }

    [Fact]
    public void The_sample_file_is_what_the_generator_writes()
    {
        using var committed = DemoFolder.Open("portfolio-metrics.csv");
        using var bytes = new MemoryStream();
        committed.CopyTo(bytes);

        Assert.Equal(DemoCsv.Write(DemoPortfolio.Create().Rows), bytes.ToArray());
    }

    [Fact]
    public void The_sample_definition_names_the_list_of_the_demo()
    {
        using var reader = new StreamReader(DemoFolder.Open("portfolio-metrics.yaml"));
        var parsed = DefinitionParser.Parse(reader.ReadToEnd(), "portfolio-metrics.yaml", new ServiceCollection().AddSources().BuildServiceProvider().GetRequiredService<SourceTypes>());

        Assert.Empty(parsed.Problems);
        Assert.Equal(DemoTenant.ListId, parsed.Definition!.ListId);
    }

    [Fact]
    public void A_value_that_is_not_what_it_must_be_is_named()
    {
        var portfolio = DemoPortfolio.Create();
        var values = portfolio.After().ToArray();
        values[7] = values[7] with { Arr = values[7].Arr + 1 };
        var check = new DemoCheck(portfolio, portfolio.After());

        check.ReadBack(values);

        Assert.Equal(2, check.Differences.Count);
        Assert.StartsWith(portfolio.Companies[7].Name, check.Differences[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_is_not_what_it_must_be_is_named()
    {
        var portfolio = DemoPortfolio.Create();
        var check = new DemoCheck(portfolio, portfolio.After());
        check.FirstRun(new RunReport
        {
            RunId = "portfolio-metrics@20261123T0200Z",
            Sync = "portfolio-metrics",
            Mode = RunMode.Apply,
            Trigger = RunTrigger.CommandLine,
            Outcome = RunOutcome.Succeeded,
            StartedAt = DateTimeOffset.UnixEpoch,
            EndedAt = DateTimeOffset.UnixEpoch,
        });

        // Outcome, records, rejects, entries, fields, and no wait.
        Assert.Equal(6, check.Differences.Count);
    }
}
