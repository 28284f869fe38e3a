namespace AffinityDurable.Cli.Tests;

/// <summary><c>sources test</c> reads the source and asks Affinity nothing.</summary>
public sealed class SourcesTests
{
    [Fact]
    public async Task Columns_their_use_the_shape_of_the_first_rows_and_the_count_are_shown()
    {
        await using var workplace = await Workplace.CreateAsync(1200);

        var result = await workplace.RunAsync("sources", "test", Workplace.Sync);

        Assert.True(result.ExitCode == ExitCodes.Succeeded, result.ToString());
        Assert.Contains("Source: csv, metrics.csv; delivers all.", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"website +match by domain +xxxxxxx9\.xxx +xxxxxxx9\.xxx +xxxxxxx9\.xxx", result.Output);
        Assert.Matches(@"arr +ARR +9999 +9999 +9999", result.Output);
        Assert.Matches(@"Rows: 1,200\. Open after \d+\.\d s, read to the end after \d+\.\d s\.", result.Output);
        Assert.DoesNotContain(Workplace.Note, result.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, workplace.Simulator.Counters.Total);
        Assert.False(Directory.Exists(Path.Combine(workplace.Root, ".affinity-durable")));
    }

    [Fact]
    public async Task Cells_are_shown_when_asked_for()
    {
        await using var workplace = await Workplace.CreateAsync(3);

        var result = await workplace.RunAsync("sources", "test", Workplace.Sync, "--show", "--rows", "1");

        Assert.True(result.ExitCode == ExitCodes.Succeeded, result.ToString());
        Assert.Matches($"notes +Notes +{Workplace.Note} 1 *\n", result.Output);
        Assert.DoesNotContain($"{Workplace.Note} 2", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_columns_and_malformed_records_are_told()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        workplace.Write("syncs/metrics.csv", "website,arr,stage\na.com,1,Seed\nb.com,2\n");

        var result = await workplace.RunAsync("sources", "test", Workplace.Sync);

        Assert.True(result.ExitCode == ExitCodes.Failed, result.ToString());
        Assert.Contains("Rows: 1; malformed records: 1 (AFF221: 1).", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"metrics\.yaml\(7\): AFF301 Column 'notes'", result.Output);
    }

    [Theory]
    [InlineData("metrics", "AFF203")]
    [InlineData("metrcis", "AFF120")]
    public async Task A_source_that_cannot_be_read_says_why(string sync, string code)
    {
        await using var workplace = await Workplace.CreateAsync(1);
        File.Delete(Path.Combine(workplace.Root, "syncs", "metrics.csv"));

        var result = await workplace.RunAsync("sources", "test", sync);

        Assert.Equal(ExitCodes.Failed, result.ExitCode);
        Assert.Contains(code, result.ToString(), StringComparison.Ordinal);
    }
}
