using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Demo;

/// <summary>Compares what came out of the demo with what was planted.</summary>
internal sealed class DemoCheck(DemoPortfolio portfolio, IReadOnlyList<DemoValues> after)
{
    private const int MostNamed = 5;

    private readonly List<string> differences = [];

    /// <summary>What differs, in words; empty when everything came out.</summary>
    public IReadOnlyList<string> Differences => differences;

    /// <summary>The first run writes every good value and rejects exactly the planted ones.</summary>
    public void FirstRun(RunReport report)
    {
        Same("outcome of the first run", RunOutcome.Partial, report.Outcome);
        Same("records", ExpectedRecords(), report.Records);
        Same("rejects", Text(ExpectedRejects()), Text(report.RejectsByCode));
        Same("entries written", Changes().LongCount(), report.Writes?.EntriesWritten);
        Same("fields written", Changes().Sum(changed => (long)changed), report.Writes?.FieldsWritten);
        if (report.Waits.Count == 0)
        {
            differences.Add("the first run did not hit the minute limit");
        }
    }

    /// <summary>Every value of every entry is what it must be, those that were not to be touched included.</summary>
    public void ReadBack(IReadOnlyList<DemoValues> values)
    {
        var wrong = Enumerable.Range(0, after.Count).Where(number => after[number].Differences(values[number]) > 0).ToList();
        differences.AddRange(wrong.Take(MostNamed).Select(number => $"{portfolio.Companies[number].Name} holds {values[number]} and not {after[number]}"));
        Same("entries with wrong values", 0, wrong.Count);
    }

    /// <summary>The second run finds nothing to do.</summary>
    public void SecondRun(RunReport report, long patches)
    {
        Same("changed entries of the second run", 0, report.Plan?.ChangedEntries);
        Same("rejects of the second run", Text(ExpectedRejects()), Text(report.RejectsByCode));
        Same("PATCH calls of the second run", 0, patches);
    }

    private RecordFigures ExpectedRecords()
    {
        var rows = portfolio.Rows;
        var good = rows.Where(row => row is { Writes: not null, Rejects.Count: 0 }).ToList();
        var applied = good.Count(row => IsChanged(row.Writes!.Value));
        return new RecordFigures(
            rows.Count,
            rows.Count(row => row.IsMalformed),
            rows.Count(row => row.IsUnmatched),
            OutOfScope: 0,
            rows.Count(row => row is { Rejects.Count: > 0, IsMalformed: false }),
            good.Count - applied,
            applied,
            Drifted: 0,
            Deferred: 0);
    }

    private SortedDictionary<string, long> ExpectedRejects() => new(
        portfolio.Rows.SelectMany(row => row.Rejects).GroupBy(code => code).ToDictionary(group => group.Key, group => (long)group.Count()),
        StringComparer.Ordinal);

    /// <summary>Changed fields of each entry that changes.</summary>
    private IEnumerable<int> Changes() =>
        portfolio.Companies.Select((company, number) => company.Before.Differences(after[number])).Where(changed => changed > 0);

    private bool IsChanged(int number) => portfolio.Companies[number].Before.Differences(after[number]) > 0;

    private void Same<T>(string what, T expected, T actual)
    {
        if (!Equals(expected, actual))
        {
            differences.Add($"{what}: expected {expected}, got {actual}");
        }
    }

    private static string Text(IReadOnlyDictionary<string, long> counts) =>
        string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {Tables.Number(count.Value)}"));
}
