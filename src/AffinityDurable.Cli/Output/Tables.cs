using System.Globalization;
using Spectre.Console;

namespace AffinityDurable.Cli.Output;

/// <summary>The one way to print a table.</summary>
internal static class Tables
{
    private static readonly Style Heading = new(decoration: Decoration.Underline);
    private static readonly Padding Between = new(2, 0, 0, 0);

    /// <param name="terminal">Where to.</param>
    /// <param name="columns">Headings; one that starts with <c>#</c> is a column of numbers, aligned right.</param>
    /// <param name="rows">Cells; null is empty.</param>
    public static void Write(Terminal terminal, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var grid = new Grid();
        foreach (var column in columns)
        {
            var isNumber = column.StartsWith('#');
            grid.AddColumn(new GridColumn { Alignment = isNumber ? Justify.Right : Justify.Left, Padding = Between, NoWrap = isNumber });
        }

        grid.AddRow([.. columns.Select(column => new Text(column.TrimStart('#'), Heading))]);
        foreach (var row in rows)
        {
            grid.AddRow([.. row.Select(cell => new Text(OneLine(cell ?? "")))]);
        }

        terminal.Out.Write(grid);
    }

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Line ends inside a value would break the row.</summary>
    private static string OneLine(string text) => text.AsSpan().IndexOfAny('\r', '\n', '\t') < 0
        ? text
        : text.Replace("\r\n", "⏎", StringComparison.Ordinal).Replace('\n', '⏎').Replace('\r', '⏎').Replace('\t', ' ');
}
