using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AffinityDurable.Cli.Tests;

/// <summary><c>diff</c> and <c>explain</c>: what the stored runs say, without a key and without a call.</summary>
public sealed class ExplainTests
{
    [Fact]
    public async Task A_diff_shows_source_rule_and_fate_and_is_filtered()
    {
        await using var workplace = await RanAsync();
        var run = await IdAsync(workplace);

        var table = await workplace.RunAsync("diff", run, "--company", "COMPANY 2");
        var rest = await workplace.RunAsync("diff", run, "--max", "4");

        Assert.True(table.ExitCode == ExitCodes.Succeeded, table.ToString());
        Assert.Matches($@"{workplace.Entries[1].Id} +Company 2 +ARR +fill +\(empty\) +2000 +metrics\.csv\(3\) arr +domain in website +fills a blank +written", table.Output);
        Assert.DoesNotContain("Company 1", table.Output, StringComparison.Ordinal);
        Assert.Contains("and 5 more; --max shows more", rest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diff_comes_as_json_and_as_csv()
    {
        await using var workplace = await RanAsync();
        var run = await IdAsync(workplace);

        var json = await workplace.RunAsync("diff", run, "--field", "Stage", "--json");
        var csv = await workplace.RunAsync("diff", run, "--field", "Stage", "--reason", "fill", "--csv");

        var changes = JsonDocument.Parse(json.Output).RootElement.EnumerateArray().ToList();
        Assert.Equal([2L, 3, 4], changes.Select(change => change.GetProperty("line").GetInt64()));
        Assert.All(changes, change => Assert.Equal(("Seed", "written"), (change.GetProperty("after").GetString(), change.GetProperty("fate").GetString())));
        Assert.Equal(4, csv.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length);
    }

    [Fact]
    public async Task A_field_is_explained_without_a_key()
    {
        await using var workplace = await RanAsync();
        var calls = workplace.Simulator.Counters.Total;
        workplace.Environment.Remove("Affinity__ApiKey");

        var text = await workplace.RunAsync("explain", Workplace.Sync, "--domain", "company3.com", "--field", "ARR");
        var json = await workplace.RunAsync("explain", Workplace.Sync, "--entry", workplace.Entries[2].Id.ToString(CultureInfo.InvariantCulture), "--field", "ARR", "--json");

        Assert.True(text.ExitCode == ExitCodes.Succeeded, text.ToString());
        Assert.Contains("Source    metrics.csv, line 4, column arr: '3000'", text.Output, StringComparison.Ordinal);
        Assert.Contains("Decision  Affinity showed nothing and the source says '3000': blanks are filled. (fillsBlank)", text.Output, StringComparison.Ordinal);
        Assert.Contains($"Outcome   Written: PATCH /v2/lists/77/list-entries/{workplace.Entries[2].Id}/fields was acknowledged at ", text.Output, StringComparison.Ordinal);
        Assert.Matches(@"metrics@adhoc-[0-9a-f-]+ +\(empty\) +3000 +written", text.Output);
        Assert.Equal("fillsBlank", JsonDocument.Parse(json.Output).RootElement.GetProperty("rule").GetString());
        Assert.Equal(calls, workplace.Simulator.Counters.Total);
    }

    [Fact]
    public async Task An_entry_is_named_in_one_way()
    {
        await using var workplace = await Workplace.CreateAsync(1);

        var none = await workplace.RunAsync("explain", Workplace.Sync, "--field", "ARR");
        var two = await workplace.RunAsync("explain", Workplace.Sync, "--field", "ARR", "--entry", "1", "--company", "2");
        var noRun = await workplace.RunAsync("explain", Workplace.Sync, "--field", "ARR", "--entry", "1");

        Assert.Equal((ExitCodes.Usage, ExitCodes.Usage), (none.ExitCode, two.ExitCode));
        Assert.Contains("AFF721 There is no stored run of a sync 'metrics'.", noRun.Error, StringComparison.Ordinal);
    }

    private static async Task<Workplace> RanAsync()
    {
        var workplace = await Workplace.CreateAsync(3);
        workplace.WriteDefinition("approval: never");
        var run = await workplace.RunAsync("run", Workplace.Sync);
        Assert.True(run.ExitCode == ExitCodes.Succeeded, run.ToString());
        return workplace;
    }

    private static async Task<string> IdAsync(Workplace workplace) =>
        Regex.Match((await workplace.RunAsync("runs")).Output, @"metrics@adhoc-[0-9a-f-]+").Value;
}
