using System.Globalization;
using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Reporting;

/// <summary>The keys of a list's entries as a table: what a warehouse needs to name them.</summary>
public static class EntriesCsv
{
    private const string Separator = "; ";

    /// <summary>The columns for a type of list.</summary>
    public static IReadOnlyList<string> Columns(AffinityList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return list.Type switch
        {
            "company" => ["entry_id", "company_id", "name", "domains"],
            "person" => ["entry_id", "person_id", "name", "emails"],
            var type => ["entry_id", $"{type}_id", "name"],
        };
    }

    /// <summary>The cells of an entry; several domains or addresses stand in one cell.</summary>
    public static IReadOnlyList<string?> Cells(AffinityList list, ListEntry entry)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(entry);
        string?[] all =
        [
            entry.Id.ToString(CultureInfo.InvariantCulture),
            entry.EntityId.ToString(CultureInfo.InvariantCulture),
            entry.Name,
            string.Join(Separator, list.Type == "person" ? entry.Emails ?? [] : entry.Domains),
        ];
        return all[..Columns(list).Count];
    }

    /// <summary>Writes the entries as they come.</summary>
    public static async Task WriteAsync(Stream stream, AffinityList list, IAsyncEnumerable<ListEntry> entries, CancellationToken cancellationToken)
    {
        await using var csv = new CsvWriter(stream) { KeepsFormulas = true };
        csv.WriteRecord(Columns(list));
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            csv.WriteRecord(Cells(list, entry));
        }
    }
}
