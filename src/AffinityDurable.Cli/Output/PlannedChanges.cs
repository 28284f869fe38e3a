using System.Globalization;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Output;

/// <summary>Prints the changes of a plan, before and after, and what applying them costs.</summary>
internal sealed class PlannedChanges(Terminal terminal, IRunStore store)
{
    /// <summary>The short table of a whole plan.</summary>
    public async Task WriteAsync(string runId, PlanSummary plan, int most, CancellationToken stop)
    {
        var lines = await new PlanDiff(store).ReadAsync(runId, DiffFilter.All, stop).Take(most).ToListAsync(stop);
        terminal.Line();
        terminal.Line($"Changes: {Tables.Number(plan.ChangedFields)} fields of {Tables.Number(plan.ChangedEntries)} entries");
        if (lines.Count > 0)
        {
            var tracks = lines.Any(line => line.Origin is not null);
            Tables.Write(
                terminal,
                ["company", "field", "reason", "before", "after", .. tracks ? ["from"] : Array.Empty<string>()],
                lines.Select(line => Row(line, tracks)));
        }

        WriteRest(plan.ChangedFields - lines.Count);
        terminal.Line();
        terminal.Line($"Applying takes {Tables.Number(plan.WriteCalls)} calls{Time(plan)}. The plan's hash is {plan.Hash[..12]}.");
        if (plan.Searches > 0)
        {
            terminal.Line($"Finding the persons and companies that rows name took {Tables.Number(plan.Searches)} searches.");
        }

    }

    /// <summary>The long table of some changes, with where they come from and what became of them.</summary>
    public async Task WriteAsync(IAsyncEnumerable<DiffLine> lines, int most, CancellationToken stop)
    {
        var shown = new List<DiffLine>();
        var found = 0;
        await foreach (var line in lines.WithCancellation(stop))
        {
            if (found++ < most)
            {
                shown.Add(line);
            }
        }

        if (found == 0)
        {
            terminal.Line("The plan has no such change.");
            return;
        }

        Tables.Write(
            terminal,
            ["#entry", "company", "field", "reason", "before", "after", "source", "match", "rule", "became"],
            shown.Take(most).Select(LongRow));
        WriteRest(found - shown.Count);
    }

    private void WriteRest(int rest)
    {
        if (rest > 0)
        {
            terminal.Line($"  … and {Tables.Number(rest)} more; --max shows more");
        }
    }

    private static IReadOnlyList<string?> Row(DiffLine line, bool tracksOrigins) =>
        [line.Name ?? $"entry {line.EntryId}", line.Field, Reason(line), line.Before ?? "(empty)", line.After ?? "(empty)", .. tracksOrigins ? [line.Origin?.Text] : Array.Empty<string?>()];

    private static IReadOnlyList<string?> LongRow(DiffLine line) =>
    [
        line.EntryId.ToString(CultureInfo.InvariantCulture),
        line.Name,
        line.Field,
        Reason(line),
        line.Before ?? "(empty)",
        line.After ?? "(empty)",
        Source(line),
        line.Match,
        line.Rule,
        Became(line),
    ];

    private static string? Source(DiffLine line) => line.Origin is { } origin ? $"{Place(line)}: {origin.Text}" : Place(line);

    private static string? Place(DiffLine line) =>
        line.Column is null ? null
        : line.Line is { } at ? string.Create(CultureInfo.InvariantCulture, $"{line.File}({at}) {line.Column}")
        : $"{line.File} {line.Column}";

    private static string Became(DiffLine line) => line.Fate switch
    {
        null => "not written",
        ChangeFate.Refused => $"refused: {line.Code} {line.Message}",
        { } fate => fate.ToString().ToLowerInvariant(),
    };

    private static string Reason(DiffLine line) => line.Reason.ToString().ToLowerInvariant();

    private static string Time(PlanSummary plan) => plan.WriteTime switch
    {
        null => "",
        { Ticks: 0 } => ", less than a minute under the minute limit",
        { } time => $", at least {time.TotalMinutes:0} min under the minute limit",
    };
}
