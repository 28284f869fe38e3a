using System.Globalization;
using System.Text.RegularExpressions;

namespace AffinityDurable.Cli.Tests;

public sealed class ValidateTests
{
    private const string TenMistakes =
        """
        sync: Portfolio Metrics
        list: https://example.com/lists/77
        colour: red
        source: { type: csv,
          path: "",
          delivers: everything }
        match:
          - phone: number
        fields:
          ARR: arr
          Stage: { from: stage, onNull: erase }
        schedule: { cron: every night, timeZone: Mars/Olympus }
        minuteShare: 500
        """;

    [Fact]
    public async Task Ten_mistakes_are_ten_errors_with_lines_without_key_or_network()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        workplace.Write("syncs/metrics.yaml", TenMistakes);
        workplace.Environment["Affinity__ApiKey"] = "";

        var result = await workplace.RunAsync("validate", "--all", "--offline");

        var lines = Regex.Matches(result.Output, @"(?<=^metrics\.yaml\()\d+(?=\): AFF1\d\d )", RegexOptions.Multiline)
            .Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture));
        Assert.True(result.ExitCode == ExitCodes.Failed, result.ToString());
        Assert.Equal([1, 2, 3, 5, 6, 8, 11, 12, 12, 13], lines);
        Assert.Contains("10 problem(s)", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, workplace.Simulator.Counters.Total);
    }

    [Fact]
    public async Task Online_a_definition_is_held_to_the_live_list_and_to_the_other_definitions()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        workplace.WriteDefinition("  Headcont: headcount");
        workplace.Write(
            "syncs/other.yaml",
            $"""
            sync: other
            list: 77
            source: {"{ type: csv, path: metrics.csv }"}
            match: [{"{ domain: website }"}]
            fields:
              {workplace.List.Fields[0].Id}: arr
            """);

        var wrong = await workplace.RunAsync("validate");
        Assert.True(wrong.ExitCode == ExitCodes.Failed, wrong.ToString());
        Assert.Matches(@"metrics\.yaml\(9\): AFF130 ", wrong.Output);

        workplace.WriteDefinition();
        var conflict = await workplace.RunAsync("validate", Workplace.Sync);
        Assert.True(conflict.ExitCode == ExitCodes.Failed, conflict.ToString());
        Assert.Matches(@"other\.yaml\(6\): AFF122 .*'metrics'.*'other'.*""ARR""", conflict.Output);

        File.Delete(Path.Combine(workplace.Root, "syncs/other.yaml"));
        var sound = await workplace.RunAsync("validate");
        Assert.True(sound.ExitCode == ExitCodes.Succeeded, sound.ToString());
        Assert.Equal(0, workplace.Simulator.Counters.PatchCalls);
    }

    [Fact]
    public async Task Columns_that_the_source_lacks_are_errors_with_lines_without_key_or_network()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        workplace.Write(
            "syncs/metrics.yaml",
            """
            sync: metrics
            list: 77
            source: { type: csv, path: metrics.csv }
            match: [{ entryId: entry_id }, { domain: WEBSITE }]
            fields:
              ARR: arrr
              Notes: notes
              Stage: ARRR
            """);
        workplace.Environment["Affinity__ApiKey"] = "";

        var result = await workplace.RunAsync("validate", "--offline");

        Assert.True(result.ExitCode == ExitCodes.Failed, result.ToString());
        Assert.Contains(
            "metrics.yaml(4): AFF301 Column 'entry_id', needed to match by entryId, is not in the source. Columns there are: website, arr, notes, stage.",
            result.Output,
            StringComparison.Ordinal);
        Assert.Matches(@"(?m)^metrics\.yaml\(6\): AFF301 Column 'arrr', mapped to a field, is not in the source\. Did you mean 'arr'\?\r?$", result.Output);
        Assert.Contains("Checked 1 definition(s) offline: 2 problem(s).", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, workplace.Simulator.Counters.Total);
    }

    [Fact]
    public async Task Online_and_for_one_sync_only_the_columns_of_its_source_are_checked()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        workplace.Write("syncs/other.yaml", "sync: other\nlist: 78\nsource: { type: csv, path: other.csv }\nmatch: [{ domain: website }]\nfields: { ARR: arr }\n");
        workplace.Write("syncs/other.csv", "site\n");
        workplace.Write("syncs/metrics.csv", "website,arr,notes\n");

        var result = await workplace.RunAsync("validate", Workplace.Sync);

        Assert.True(result.ExitCode == ExitCodes.Failed, result.ToString());
        Assert.Matches(@"metrics\.yaml\(8\): AFF301 Column 'stage'", result.Output);
        Assert.DoesNotContain("other.yaml", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_is_an_error_and_one_that_has_not_come_yet_a_warning()
    {
        await using var workplace = await Workplace.CreateAsync(1);
        var source = Path.Combine(workplace.Root, "syncs/metrics.csv");
        workplace.Write("syncs/metrics.csv", "");

        var empty = await workplace.RunAsync("validate", "--offline");
        Assert.True(empty.ExitCode == ExitCodes.Failed, empty.ToString());
        Assert.Contains("metrics.yaml: AFF206 ", empty.Output, StringComparison.Ordinal);

        File.Delete(source);
        var absent = await workplace.RunAsync("validate", "--offline");
        Assert.True(absent.ExitCode == ExitCodes.Succeeded, absent.ToString());
        Assert.Matches(@"metrics\.yaml: warning AFF203 .*'metrics\.csv'.* Its columns were not checked\.", absent.Output);

        Directory.CreateDirectory(source);
        var folder = await workplace.RunAsync("validate", "--offline");
        Assert.True(folder.ExitCode == ExitCodes.Failed, folder.ToString());
        Assert.Contains("metrics.yaml: AFF203 ", folder.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_and_fields_show_what_a_definition_needs()
    {
        await using var workplace = await Workplace.CreateAsync(1);

        var lists = await workplace.RunAsync("lists");
        var fields = await workplace.RunAsync("fields", "--list", "https://example.affinity.co/lists/77");

        Assert.Matches(@"77 +Portfolio +company", lists.Output);
        Assert.Matches(@"field-\d+ +Stage +list +dropdown +2 +yes", fields.Output);
    }
}
