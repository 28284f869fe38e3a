using System.Globalization;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using CsCheck;

namespace AffinityDurable.Core.Tests.Planning;

/// <summary>Which of several sources gives a field its value.</summary>
public sealed class CellChooserTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void The_first_source_with_a_value_wins_and_the_others_are_named()
    {
        var chooser = Chooser(Source("warehouse"), Source("preqin"));
        StagedRow?[] rows = [Row("12.3", "2026-11-22", line: 4), Row("12.1", "2026-09-30")];

        var choice = chooser.Choose(rows);

        Assert.Equal(("12.3", "warehouse"), (choice.Cell, chooser.SourceOf(choice)));
        var origin = chooser.ProvenanceOf(choice, rows, _ => false)!;
        Assert.Equal("warehouse, as of 2026-11-22; preqin's 12.1 ignored: older", origin.Text);
        Assert.Equal(("c0", 4L), (origin.Column, origin.Line));
    }

    [Fact]
    public void An_empty_cell_leads_to_the_next_source()
    {
        var chooser = Chooser(Source("warehouse"), Source("preqin"));

        Assert.Equal("12.1", chooser.Choose([Row(null, "2026-11-22"), Row("12.1", "2026-09-30")]).Cell);
        Assert.Equal("12.1", chooser.Choose([null, Row("12.1", "2026-09-30")]).Cell);
    }

    [Fact]
    public void A_row_that_is_too_old_leads_to_the_next_source_and_is_named()
    {
        var chooser = Chooser(Source("warehouse", maxDays: 90), Source("preqin"));
        StagedRow?[] rows = [Row("12.3", "2026-08-24"), Row("12.1", "2026-01-01")];

        var choice = chooser.Choose(rows);

        Assert.Equal("preqin, as of 2026-01-01; warehouse's 12.3 ignored: too old, as of 2026-08-24", chooser.ProvenanceOf(choice, rows, _ => false)!.Text);
        Assert.Equal("12.3", chooser.Choose([Row("12.3", "2026-08-25"), rows[1]]).Cell);
    }

    [Fact]
    public void Values_that_mean_the_same_are_not_named()
    {
        var chooser = Chooser(Source("warehouse"), Source("preqin"));
        StagedRow?[] rows = [Row("12.30", null), Row("12.3", null)];

        Assert.Equal("warehouse", chooser.ProvenanceOf(chooser.Choose(rows), rows, cell => cell == "12.3")!.Text);
        Assert.Equal("warehouse; preqin's 12.3 ignored: lower precedence", chooser.ProvenanceOf(chooser.Choose(rows), rows, _ => false)!.Text);
    }

    [Theory]
    [InlineData("last week", null)]
    [InlineData("last week", 90)]
    [InlineData(null, 90)]
    public void A_value_of_unknown_age_is_a_reject_and_no_lower_source_fills_in(string? asOf, int? maxDays)
    {
        var choice = Chooser(Source("warehouse", maxDays), Source("preqin")).Choose([Row("12.3", asOf), Row("12.1", "2026-11-22")]);

        Assert.Equal((OriginErrors.AgeUnknown.Id, null), (choice.Rejection?.Code, choice.Cell));
    }

    [Fact]
    public void An_age_is_asked_of_values_only_and_needed_only_where_there_is_a_limit()
    {
        Assert.Equal("12.1", Chooser(Source("warehouse", 90), Source("preqin")).Choose([Row(null, "last week"), Row("12.1", "2026-11-22")]).Cell);
        Assert.Equal("12.3", Chooser(Source("warehouse"), Source("preqin")).Choose([Row("12.3", null), Row("12.1", "2026-11-22")]).Cell);
    }

    [Fact]
    public void A_source_with_several_rows_does_not_make_way_for_a_lower_one()
    {
        var chooser = Chooser(Source("warehouse"), Source("preqin"));

        Assert.Equal(OriginErrors.RowsRejected.Id, chooser.Choose([Row("1", null) with { IsDuplicate = true }, Row("2", null)]).Rejection?.Code);
        Assert.Equal("2", chooser.Choose([Row("2", null), Row("1", null) with { IsDuplicate = true }]).Cell);
    }

    [Fact]
    public void There_is_no_value_only_when_every_source_says_so()
    {
        var chooser = Chooser(Source("warehouse", 90), Source("preqin"));

        Assert.True(chooser.Choose([Row(null, "2026-11-22"), Row(null, null)]).IsNull);
        Assert.False(chooser.Choose([Row(null, "2026-11-22"), null]).IsNull);
        Assert.False(chooser.Choose([Row(null, "2026-01-01"), Row(null, null)]).IsNull);
        Assert.False(chooser.Choose([Row("5", "2026-01-01"), Row(null, null)]).IsNull);
    }

    [Fact]
    public void The_order_of_the_field_goes_before_that_of_the_sources()
    {
        var sources = new[] { Source("warehouse"), Source("preqin") };
        var mapping = new FieldMapping { Field = "ARR", From = [new FieldOrigin("preqin", "arr_musd"), new FieldOrigin("warehouse", "arr")] };
        var chooser = new CellChooser(Definition(sources), mapping, 0, TimeZoneInfo.Utc, Today);

        Assert.Equal("12.1", chooser.Choose([Row("12.3", null), Row("12.1", null)]).Cell);
    }

    /// <summary>Sources by their rows: none, or a cell (perhaps empty) so many days old.</summary>
    private static readonly Gen<(string? Cell, int Days)?[]> Rows =
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 9], Gen.Int[0, 10], (isThere, isFilled, number, days) =>
            isThere ? (isFilled ? number.ToString(CultureInfo.InvariantCulture) : null, days) : ((string?, int)?)null).Array[1, 5];

    [Fact]
    public void The_winner_is_the_first_fresh_value_whatever_stands_elsewhere() => Rows.Sample(
        rows =>
        {
            var choice = Choose(rows, maxDays: 5);

            var expected = rows.FirstOrDefault(row => row is { Cell: not null, Days: <= 5 })?.Cell;
            Assert.Equal(expected, choice.Cell);
            Assert.Equal(rows.All(row => row is { Cell: null, Days: <= 5 }), choice.IsNull);
            Assert.Null(choice.Rejection);
        },
        iter: 5000);

    [Fact]
    public void A_source_that_says_nothing_that_counts_changes_nothing_wherever_it_is_added() => Gen.Select(Rows, Gen.Int[0, 5], Gen.Int[6, 20]).Sample(
        (rows, at, days) =>
        {
            var more = rows.ToList();
            more.Insert(Math.Min(at, rows.Length), ("999", days));

            Assert.Equal(Choose(rows, maxDays: 5).Cell, Choose([.. more], maxDays: 5).Cell);
        },
        iter: 5000);

    [Fact]
    public void Every_other_value_is_ignored_for_one_reason() => Rows.Sample(
        rows =>
        {
            var chooser = Chooser([.. rows.Select((_, at) => Source(FormattableString.Invariant($"s{at}"), 5))]);
            var staged = rows.Select(Staged).ToArray();
            var choice = chooser.Choose(staged);
            var origin = chooser.ProvenanceOf(choice, staged, _ => false);

            if (choice.Cell is null)
            {
                return;
            }

            Assert.Equal(rows.Count(row => row?.Cell is not null) - 1, origin!.Ignored.Count);
            Assert.All(origin.Ignored, value => Assert.Equal(
                Today.DayNumber - value.AsOf!.Value.DayNumber > 5 ? IgnoredReason.TooOld : value.AsOf < origin.AsOf ? IgnoredReason.Older : IgnoredReason.LowerPrecedence,
                value.Reason));
        },
        iter: 5000);

    private static CellChoice Choose((string? Cell, int Days)?[] rows, int maxDays) =>
        Chooser([.. rows.Select((_, at) => Source(FormattableString.Invariant($"s{at}"), maxDays))]).Choose([.. rows.Select(Staged)]);

    private static StagedRow? Staged((string? Cell, int Days)? row) =>
        row is { } there ? Row(there.Cell, Today.AddDays(-there.Days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null;

    private static CellChooser Chooser(params SourceDefinition[] sources)
    {
        var mapping = new FieldMapping { Field = "ARR", From = [.. sources.Select((source, at) => new FieldOrigin(source.Name, FormattableString.Invariant($"c{at}")))] };
        return new CellChooser(Definition(sources), mapping, 0, TimeZoneInfo.Utc, Today);
    }

    private static SyncDefinition Definition(SourceDefinition[] sources) => new() { Sync = "x", ListId = 77, Sources = sources, Match = [], Fields = [] };

    private static SourceDefinition Source(string name, int? maxDays = null) =>
        new() { Name = name, Type = "csv", AsOf = new AsOfDefinition("as_of", maxDays is { } days ? TimeSpan.FromDays(days) : null) };

    private static StagedRow Row(string? cell, string? asOf, long? line = null) => new(9001, line, [cell]) { AsOf = asOf };
}
