using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;

namespace AffinityDurable.Functions.Triggers.Pushing;

/// <summary>Turns objects into rows of cells and gathers all that is wrong with them; says which column and row, never what is in it.</summary>
internal sealed class RowCheck(PushTarget target)
{
    private const int MostShown = 50;
    private const int LongestName = 40;

    private readonly List<Problem> shown = [];
    private readonly IReadOnlyList<string> columns = target.Settings.Columns;
    private readonly int[] keys = [.. target.KeyColumns.Select(column => SourceColumns.IndexOf(target.Settings.Columns, column)).Where(place => place >= 0)];
    private long wrong;

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    public bool IsSound => wrong == 0;

    /// <summary>The first problems, and how many more there are.</summary>
    public IReadOnlyList<Problem> Problems =>
        wrong <= MostShown ? shown : [.. shown, Problem.Of(IntakeErrors.BadRow, $"{wrong - MostShown} more problems are not shown.")];

    /// <summary>The cells of a row, by column; they count only while everything is sound.</summary>
    public string?[] Read(JsonElement row)
    {
        Rows++;
        var cells = new string?[columns.Count];
        if (row.ValueKind != JsonValueKind.Object)
        {
            Report("is not a JSON object");
            return cells;
        }

        var seen = new bool[columns.Count];
        foreach (var member in row.EnumerateObject())
        {
            Take(member, cells, seen);
        }

        if (keys.All(place => cells[place] is null))
        {
            Report($"has no value by which its entry could be found: {string.Join(", ", target.KeyColumns.Select(column => $"'{column}'"))}");
        }

        return cells;
    }

    private void Take(JsonProperty member, string?[] cells, bool[] seen)
    {
        var place = SourceColumns.IndexOf(columns, member.Name);
        if (place < 0)
        {
            Report($"has the key '{Shown(member.Name)}', which is none of the columns");
        }
        else if (seen[place])
        {
            Report($"has the key '{columns[place]}' twice");
        }
        else
        {
            seen[place] = true;
            cells[place] = Text(member.Value, columns[place]);
        }
    }

    /// <summary>Numbers keep their digits as written; objects and lists are JSON text.</summary>
    private string? Text(JsonElement value, string column)
    {
        try
        {
            var text = value.ValueKind switch
            {
                JsonValueKind.Null => "",
                JsonValueKind.String => value.GetString()!.Trim(),
                _ => value.GetRawText(),
            };
            return text.Length == 0 ? null : text;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            Report($"has a text in '{column}' that is not valid Unicode");
            return null;
        }
    }

    private void Report(string what)
    {
        wrong++;
        if (wrong <= MostShown)
        {
            shown.Add(Problem.Of(IntakeErrors.BadRow, FormattableString.Invariant($"Row {Rows} {what}.")));
        }
    }

    private static string Shown(string name) => name.Length <= LongestName ? name : name[..LongestName];
}
