using System.Globalization;
using AffinityDurable.Core.Explaining;

namespace AffinityDurable.Cli.Output;

/// <summary>Prints an explanation for people.</summary>
internal sealed class ExplanationView(Terminal terminal)
{
    public void Write(Explanation explanation)
    {
        terminal.Line($"{explanation.Field}{(explanation.FieldId is { } id ? $" ({id})" : "")}{Entry(explanation.Entry)}");
        terminal.Line();
        WriteRun(explanation.Run);
        if (explanation.Row is { } row)
        {
            Fact("Source", $"{row.File}{(row.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $", line {line}") : "")}, column {row.Column}: {(row.Cell is { } cell ? $"'{cell}'" : "empty")}");
            Fact("Match", row.Match ?? "not noted");
            if (row.Origin is { } origin)
            {
                Fact("Origin", $"from {origin.Text}");
            }
        }

        Fact("Decision", $"{explanation.Decision} ({Word(explanation.Rule.ToString())})");
        Fact("Outcome", explanation.Outcome);
        foreach (var note in explanation.Notes)
        {
            Fact("Note", note);
        }

        WriteChanges(explanation.Changes);
    }

    private void WriteRun(ExplainedRun? run)
    {
        if (run is not null)
        {
            Fact("Run", $"{run.RunId}, {Word(run.Mode.ToString())}{(run.StartedAt is { } at ? $", started {Time(at)}" : "")}, {run.Outcome?.ToString() ?? "not ended"}");
        }
    }

    private void WriteChanges(IReadOnlyList<PastChange> changes)
    {
        terminal.Line();
        if (changes.Count == 0)
        {
            terminal.Line("No stored run has changed this field of the entry.");
            return;
        }

        terminal.Line("Last changes of the field on this entry");
        Tables.Write(terminal, ["time", "run", "before", "after", "became"], changes.Select(Row));
    }

    private static IReadOnlyList<string?> Row(PastChange change) =>
    [
        change.At is { } at ? Time(at) : null,
        change.RunId,
        change.Before ?? "(empty)",
        change.After ?? "(empty)",
        (change.Fate is { } fate ? Word(fate.ToString()) : "not written") + (change.UndoneBy is { } undo ? $", undone by {undo}" : ""),
    ];

    private void Fact(string name, string text) => terminal.Line($"{name,-10}{text}");

    private static string Entry(ExplainedEntry? entry) =>
        entry is null ? "" : string.Create(CultureInfo.InvariantCulture, $" of {entry.Name ?? "an unnamed entity"} (entry {entry.EntryId}, company {entry.EntityId})");

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Word(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
