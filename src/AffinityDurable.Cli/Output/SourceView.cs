using System.Globalization;
using AffinityDurable.Cli.Hosting;
using AffinityDurable.Core.Definitions;

namespace AffinityDurable.Cli.Output;

/// <summary>Prints what a source turned out to hold.</summary>
/// <param name="terminal">Where to.</param>
/// <param name="showCells">Cells as they are; else only their shape, since a screen may be seen and a log be kept.</param>
internal sealed class SourceView(Terminal terminal, bool showCells)
{
    private const int LongestCell = 40;

    public void Introduce(SourceDefinition source) =>
        terminal.Line($"Source{(source.Name == SourceDefinition.OnlyName ? "" : $" {source.Name}")}: {source.Type}{(source.Place is { } place ? $", {place}" : "")}; delivers {(source.Delivers == Delivery.All ? "all" : "changes")}.");

    public void Progress(long rows) => terminal.ErrorLine($"reading source: {Tables.Number(rows)} rows");

    public void Show(FoundSource found)
    {
        Tables.Write(
            terminal,
            ["column", "goes into", .. found.FirstRows.Select((_, row) => $"row {row + 1}")],
            found.Columns.Select((column, at) => (IReadOnlyList<string?>)[column.Name, column.Use, .. found.FirstRows.Select(row => Shown(row[at]))]));
        terminal.Line($"Rows: {Tables.Number(found.Rows)}{Malformed(found)}. Open after {Seconds(found.Opened)}, read to the end after {Seconds(found.Taken)}.");
        ProblemList.Write(terminal.Line, found.Problems);
    }

    private static string Malformed(FoundSource found) => found.Malformed.Count == 0
        ? ""
        : $"; malformed records: {Tables.Number(found.Malformed.Sum(same => same.Count))} ({string.Join(", ", found.Malformed.Select(same => $"{same.Code}: {Tables.Number(same.Count)}"))})";

    private string? Shown(string? cell)
    {
        var text = cell is null || showCells ? cell : string.Concat(cell.Select(Masked));
        return text?.Length > LongestCell ? text[..LongestCell] + "…" : text;
    }

    private static char Masked(char letter) => char.IsDigit(letter) ? '9' : char.IsLetter(letter) ? 'x' : char.IsSurrogate(letter) ? '?' : letter;

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
