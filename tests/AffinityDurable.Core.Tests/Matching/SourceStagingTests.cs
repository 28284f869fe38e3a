using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using CsCheck;
using static AffinityDurable.Core.Tests.Matching.Lists;

namespace AffinityDurable.Core.Tests.Matching;

public sealed class SourceStagingTests
{
    private static readonly string[] Columns = ["site", "arr", "notes"];

    private static readonly EntryIndex List = Index(
        Entry(1, 101, "Acme", "acme.com", "acme.io"), Entry(2, 102, "Beta", "beta.com"), Entry(3, 103, "C", "shared.com"), Entry(4, 104, "D", "shared.com"));

    [Fact]
    public async Task Matched_rows_are_staged_with_their_mapped_columns_in_order()
    {
        var staged = await StageAsync([["acme.com", "5", "x"], ["nobody.com", "6", "y"], ["beta.com", " ", "z"]], ["NOTES", "arr"]);

        Assert.Equal(["1@2: x,5", "2@4: z,"], staged.Rows.Select(Show));
        Assert.Equal((3, 2, 1), (staged.Summary.Rows, staged.Summary.Matched, staged.Summary.Unmatched));
        Assert.Equal([2, 1], staged.Summary.ColumnNonNull);
        Assert.Empty(staged.Rejects);
    }

    [Fact]
    public async Task Two_rows_for_one_entry_reject_each_other_however_far_apart()
    {
        var records = Enumerable.Range(0, 500).Select(i => new string?[] { $"nobody{i}.com", "0", "" }).ToList();
        records[10] = ["acme.com", "1", ""];
        records[20] = ["beta.com", "2", ""];
        records[400] = ["www.acme.io", "3", ""];
        records[499] = ["ACME.com", "4", ""];

        var staged = await StageAsync(records, ["arr"]);

        Assert.Equal([1L], staged.Summary.DuplicateEntryIds);
        Assert.Equal((3, 1), (staged.Summary.DuplicateRows, staged.Summary.Matched));
        Assert.Equal([12L, 402L, 501L], staged.Rejects.Select(reject => reject.Line!.Value));
        Assert.All(staged.Rejects, reject => Assert.Equal((MatchErrors.DuplicateRows.Id, 1L), (reject.Code, reject.EntryId)));
        Assert.Equal("Lines 12 and 402 both speak about entry 1 (Acme).", staged.Rejects[0].Reason);
        Assert.Equal("Lines 12 and 501 both speak about entry 1 (Acme).", staged.Rejects[2].Reason);
        Assert.Equal([2L], staged.Kept.Select(row => row.EntryId));
    }

    [Fact]
    public async Task Sources_without_lines_name_the_rows_instead()
    {
        var staged = await StageAsync([["acme.com", "1", ""], ["x.com", "1", ""], ["acme.io", "3", ""]], ["arr"], hasLines: false);

        Assert.All(staged.Rejects, reject => Assert.Equal((null, "Rows 1 and 3 both speak about entry 1 (Acme)."), (reject.Line, reject.Reason)));
    }

    [Fact]
    public async Task Ambiguous_unusable_and_malformed_records_are_rejects_with_line_code_and_cure()
    {
        var staged = await StageAsync([["shared.com", "1", ""], ["n/a", "1", ""], ["short"], ["acme.com", "1", ""]], ["arr"]);

        Assert.Equal(["AFF302@2", "AFF303@3", "AFF221@4"], staged.Rejects.Select(reject => $"{reject.Code}@{reject.Line}"));
        Assert.All(staged.Rejects, reject => Assert.Equal(ErrorCodes.Get(reject.Code).Cure, reject.Cure));
        Assert.Equal((4, 3, 1, 2, 1), (staged.Summary.Records, staged.Summary.Rows, staged.Summary.Malformed, staged.Summary.Rejected, staged.Summary.Ambiguous));
    }

    [Fact]
    public async Task A_restricted_run_counts_the_rows_of_other_entries_and_leaves_them_alone()
    {
        var staged = await StageAsync([["acme.com", "1", ""], ["beta.com", "2", ""], ["beta.com", "3", ""]], ["arr"], inScope: id => id == 1);

        Assert.Equal([1L], staged.Rows.Select(row => row.EntryId));
        Assert.Equal((2, 0), (staged.Summary.OutOfScope, staged.Summary.DuplicateRows));
        Assert.Equal([1], staged.Summary.ColumnNonNull);
        Assert.Empty(staged.Rejects);
    }

    [Fact]
    public async Task A_mapped_column_that_is_missing_stops_the_run_before_the_first_row()
    {
        var exception = await Assert.ThrowsAsync<ProblemException>(() => StageAsync([["acme.com", "1", ""]], ["arr", "burn", "headcount"]));

        Assert.Equal(2, exception.Problems.Count);
    }

    [Fact]
    public async Task Progress_is_told_every_ten_thousand_rows_and_at_the_end()
    {
        List<long> told = [];
        var records = Enumerable.Range(0, 25_001).Select(i => new string?[] { $"nobody{i}.com", "", "" }).ToArray();

        await StageAsync(records, ["arr"], progress: new Collected(told));

        Assert.Equal([10_000, 20_000, 25_001], told);
    }

    [Fact]
    public async Task Cancelling_ends_the_pass()
    {
        using var cancellation = new CancellationTokenSource();
        var staging = new SourceStaging(
            new RowMatcher([new(MatchKey.Domain, "site")], Columns, List),
            async _ => await cancellation.CancelAsync(),
            _ => ValueTask.CompletedTask);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => staging.RunAsync(
            new MemorySource(Columns, [["acme.com", "1", ""], ["beta.com", "1", ""]]), new StagedColumns(["arr"]), [], cancellation.Token));
    }

    [Fact]
    public Task Every_record_is_counted_once_and_no_entry_keeps_two_rows() => Gen.Select(
        Gen.OneOf("acme.com", "acme.io", "beta.com", "shared.com", "nobody.com", "n/a", "short", "").Array[0, 30], Gen.Bool).SampleAsync(
        async (sites, restricted) =>
        {
            var records = sites.Select(site => site == "short" ? new string?[] { site } : [site, "1", null]).ToArray();
            var staged = await StageAsync(records, ["arr", "notes"], inScope: restricted ? id => id == 2 : null);
            var summary = staged.Summary;

            Assert.Equal(sites.Length, summary.Records);
            Assert.Equal(summary.Records, summary.Malformed + summary.Unmatched + summary.Rejected + summary.DuplicateRows + summary.OutOfScope + summary.Matched);
            Assert.Equal(summary.Malformed + summary.Rejected + summary.DuplicateRows, staged.Rejects.Count);
            Assert.Equal(summary.Matched, staged.Kept.Count());
            Assert.Equal(summary.Matched, staged.Kept.DistinctBy(row => row.EntryId).Count());
            Assert.Equal([summary.Matched + summary.DuplicateRows, 0], summary.ColumnNonNull);
            Assert.Equal(staged.Rejects.Count, staged.Rejects.DistinctBy(reject => reject.Line).Count());
        },
        iter: 2000);

    [Fact]
    public async Task By_latestBy_the_latest_of_several_rows_counts_wherever_it_stands()
    {
        var staged = await StageAsync(
            [["acme.com", "2026-01-02", "second"], ["acme.io", "2026-03-01", "third"], ["acme.com", "2026-01-01T09:00:00Z", "first"], ["beta.com", "2025-01-01", "only"]],
            [],
            columns: new StagedColumns(["notes"], LatestBy: "arr"));

        Assert.Equal([("third", 1L), ("only", 2L)], Latest(staged).Select(row => (row.Cells[0]!, row.EntryId)));
        Assert.Equal((4, 2, 2), (staged.Summary.Rows, staged.Summary.Matched, staged.Summary.Superseded));
        Assert.Empty(staged.Rejects);
    }

    [Fact]
    public async Task Several_latest_rows_are_rejects_unless_a_later_one_comes()
    {
        var staged = await StageAsync(
            [["acme.com", "7", "a"], ["beta.com", "7", "a"], ["acme.com", "7.0", "b"], ["beta.com", "7", "b"], ["beta.com", "8", "c"], ["acme.com", "7", "c"], ["acme.com", "6", "d"]],
            [],
            columns: new StagedColumns(["notes"], LatestBy: "arr"));

        Assert.Equal(["c"], Latest(staged).Select(row => row.Cells[0]));
        Assert.Equal([1L], staged.Summary.DuplicateEntryIds);
        Assert.Equal((3, 3, 1), (staged.Summary.DuplicateRows, staged.Summary.Superseded, staged.Summary.Matched));
        Assert.Equal([2L, 4L, null], staged.Rejects.Select(reject => reject.Line));
        Assert.All(staged.Rejects, reject => Assert.Equal("3 rows, among them 2 and 4, speak about entry 1 (Acme) and are all the latest by 'arr'.", reject.Reason));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("yesterday")]
    [InlineData("2026-13-01")]
    [InlineData("2026-01-01")]
    public async Task A_row_without_a_place_in_the_order_is_a_reject_and_the_others_stand(string? cell)
    {
        var staged = await StageAsync([["acme.com", "5", "good"], ["acme.com", cell, "bad"]], [], columns: new StagedColumns(["notes"], LatestBy: "arr"));

        Assert.Equal(["good"], Latest(staged).Select(row => row.Cells[0]));
        Assert.Equal([(StagingErrors.NoRank.Id, 3L)], staged.Rejects.Select(reject => (reject.Code, reject.Line!.Value)));
        Assert.Equal((1, 1), (staged.Summary.Rejected, staged.Summary.Matched));
    }

    [Fact]
    public Task Whatever_the_order_of_rows_the_latest_counts_and_every_row_is_counted_once() => Gen.Select(
        Gen.OneOf("acme.com", "beta.com", "nobody.com"), Gen.Int[1, 5]).Array[0, 20].SampleAsync(
        async rows =>
        {
            var staged = await StageAsync(
                [.. rows.Select((row, at) => new string?[] { row.Item1, FormattableString.Invariant($"{row.Item2}"), FormattableString.Invariant($"{at}") })],
                [],
                columns: new StagedColumns(["notes"], LatestBy: "arr"));

            var expected = from site in new[] { "acme.com", "beta.com" }
                           let ofSite = rows.Select((row, at) => (row.Item1, Rank: row.Item2, At: at)).Where(row => row.Item1 == site).ToList()
                           where ofSite.Count > 0
                           let latest = ofSite.Where(row => row.Rank == ofSite.Max(other => other.Rank)).ToList()
                           where latest.Count == 1
                           select FormattableString.Invariant($"{latest[0].At}");
            Assert.Equal(expected.Order(StringComparer.Ordinal), Latest(staged).Select(row => row.Cells[0]!).Order(StringComparer.Ordinal));
            var summary = staged.Summary;
            Assert.Equal(rows.Length, summary.Unmatched + summary.Rejected + summary.DuplicateRows + summary.OutOfScope + summary.Superseded + summary.Matched);
            Assert.Equal(summary.DuplicateRows, staged.Rejects.Count);
        },
        iter: 1000);

    [Fact]
    public async Task Pending_rows_stand_in_where_the_read_says_nothing_about_the_entry()
    {
        var since = new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);
        PendingRow Pending(long entryId) => new(entryId, "feed", since, 7, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["ARR"] = "old", ["gone"] = "x" });

        var staged = await StageAsync([["acme.com", "new", ""], ["shared.com", "1", ""]], [], columns: new StagedColumns(["arr", null]), pending: [Pending(1), Pending(2), Pending(99)]);

        Assert.Equal([("1@2: new,", (DateTimeOffset?)null), ("2@7: old,", since)], staged.Rows.Select(row => (Show(row), row.Since)));
        Assert.Equal((3, 1, 2), (staged.Summary.Rows, staged.Summary.Pending, staged.Summary.Matched));
    }

    /// <summary>What a planner keeps of ranked rows: the last one of each entry.</summary>
    private static IEnumerable<StagedRow> Latest(Staged staged) => staged.Kept.GroupBy(row => row.EntryId).Select(rows => rows.Last()).OrderBy(row => row.EntryId);

    private static string Show(StagedRow row) => $"{row.EntryId}@{row.Line}: {string.Join(',', row.Cells)}";

    private static async Task<Staged> StageAsync(
        IReadOnlyList<string?[]> records,
        string[] mapped,
        Func<long, bool>? inScope = null,
        IProgress<long>? progress = null,
        bool hasLines = true,
        StagedColumns? columns = null,
        IReadOnlyList<PendingRow>? pending = null)
    {
        List<StagedRow> rows = [];
        List<SourceReject> rejects = [];
        var staging = new SourceStaging(
            new RowMatcher([new(MatchKey.Domain, "site")], Columns, List),
            row =>
            {
                rows.Add(row);
                return ValueTask.CompletedTask;
            },
            reject =>
            {
                rejects.Add(reject);
                return ValueTask.CompletedTask;
            },
            inScope,
            progress);
        var summary = await staging.RunAsync(new MemorySource(Columns, records, hasLines), columns ?? new StagedColumns(mapped), pending ?? [], CancellationToken.None);
        return new Staged(summary, rows, rejects);
    }

    private sealed record Staged(StagingSummary Summary, List<StagedRow> Rows, List<SourceReject> Rejects)
    {
        /// <summary>What a planner keeps.</summary>
        public IEnumerable<StagedRow> Kept => Rows.Where(row => !Summary.DuplicateEntryIds.Contains(row.EntryId));
    }

    private sealed class Collected(List<long> told) : IProgress<long>
    {
        public void Report(long value) => told.Add(value);
    }
}
