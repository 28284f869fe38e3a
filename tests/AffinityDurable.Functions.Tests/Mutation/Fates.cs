using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Sources.Tests.Mutations;

namespace AffinityDurable.Functions.Tests.Mutation;

/// <summary>What became of the records of mutated files, added up. Taking a report in checks it against an independent count.</summary>
internal sealed record Fates
{
    /// <summary>Errors that a damaged header may end a run with.</summary>
    private static readonly string[] HeaderErrors =
        [SourceErrors.NoHeader.Id, SourceErrors.BadHeader.Id, SourceErrors.DuplicateColumns.Id, MatchErrors.ColumnMissing.Id];

    public int Files { get; private set; }

    public int Refused { get; private set; }

    public long Malformed { get; private set; }

    public long Unmatched { get; private set; }

    public long Rejected { get; private set; }

    public long Unchanged { get; private set; }

    public long Applied { get; private set; }

    public long Deferred { get; private set; }

    /// <summary>The file could not be read as a whole: its header must be at fault.</summary>
    public void AddRefusal(string? code, byte[] file, string context)
    {
        Files++;
        Refused++;
        Assert.True(HeaderErrors.Contains(code), $"{context}: {code}");
        var expected = new ExpectedCsv(file, ',');
        Assert.True(!expected.HeaderIsSound || !new[] { "website", "arr", "stage", "notes", "valued" }.All(name => expected.Columns.Contains(name, StringComparer.OrdinalIgnoreCase)), context);
    }

    /// <summary>Every record is in one place, and there are as many as the file has by a count that knows nothing of the product.</summary>
    public void Add(RunReport report, byte[] file, string context)
    {
        Files++;
        var expected = new ExpectedCsv(file, ',');
        var records = report.Records!;
        Assert.True(expected.HeaderIsSound, context);
        Same(expected.PhysicalLines, expected.HeaderLines + expected.BlankLines + expected.RowLines + expected.Malformed.Sum(record => record.Last - record.First + 1), context);
        Same(expected.Rows.Count + expected.Malformed.Count, records.Read, context);
        Same(expected.Malformed.Count, records.Malformed, context);
        Same(
            records.Read,
            records.Malformed + records.Unmatched + records.OutOfScope + records.Rejected + records.Unchanged + records.Applied + records.Drifted + records.Deferred,
            context);
        Same(0, records.OutOfScope + records.Drifted, context);
        Assert.True(report.Plan!.ChangedEntries >= report.Plan.Records.Changed, context);

        Malformed += records.Malformed;
        Unmatched += records.Unmatched;
        Rejected += records.Rejected;
        Unchanged += records.Unchanged;
        Applied += records.Applied;
        Deferred += records.Deferred;
    }

    public Fates Plus(Fates other) => new()
    {
        Files = Files + other.Files,
        Refused = Refused + other.Refused,
        Malformed = Malformed + other.Malformed,
        Unmatched = Unmatched + other.Unmatched,
        Rejected = Rejected + other.Rejected,
        Unchanged = Unchanged + other.Unchanged,
        Applied = Applied + other.Applied,
        Deferred = Deferred + other.Deferred,
    };

    private static void Same(long expected, long actual, string context) => Assert.True(expected == actual, $"{context}: {actual} instead of {expected}");
}
