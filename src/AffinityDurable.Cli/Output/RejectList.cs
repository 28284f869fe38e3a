using System.Text;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli.Output;

/// <summary>Reads <c>rejects.csv</c> of a run: there all rejects are together, those of the source, of the plan and of Affinity.</summary>
internal static class RejectList
{
    private const int Columns = 8;

    public static async Task<IReadOnlyList<Reject>> ReadAsync(IRunStore store, string runId, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(runId, Artefacts.RejectsCsv, cancellationToken);
        if (stream is null)
        {
            return [];
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. Records(await reader.ReadToEndAsync(cancellationToken)).Skip(1).Select(RejectOf)];
    }

    private static Reject RejectOf(IReadOnlyList<string> cells) => new()
    {
        Code = cells[0],
        Line = Id(cells[1]),
        EntryId = Id(cells[2]),
        Name = Text(cells[3]),
        FieldId = Text(cells[4]),
        FieldName = Text(cells[5]),
        Reason = cells[6],
        Cure = cells[7],
    };

    private static long? Id(string cell) => long.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string? Text(string cell) => cell.Length == 0 ? null : cell;

    /// <summary>RFC 4180 as our own writer writes it.</summary>
    private static IEnumerable<IReadOnlyList<string>> Records(string csv)
    {
        var record = new List<string>(Columns);
        for (var at = 0; at < csv.Length;)
        {
            record.Add(Cell(csv, ref at));
            if (at < csv.Length && csv[at++] == '\r')
            {
                at++;
                yield return record;
                record = new List<string>(Columns);
            }
        }
    }

    /// <summary>Moves to the comma or line end behind the cell.</summary>
    private static string Cell(string csv, ref int at)
    {
        if (at < csv.Length && csv[at] == '"')
        {
            return Quoted(csv, ref at);
        }

        var length = csv.AsSpan(at).IndexOfAny(',', '\r');
        var cell = length < 0 ? csv[at..] : csv.Substring(at, length);
        at += cell.Length;
        return cell;
    }

    private static string Quoted(string csv, ref int at)
    {
        var cell = new StringBuilder();
        for (at++; csv[at] != '"' || (at + 1 < csv.Length && csv[at + 1] == '"'); at++)
        {
            at += csv[at] == '"' ? 1 : 0;
            cell.Append(csv[at]);
        }

        at++;
        return cell.ToString();
    }
}
