using System.Globalization;
using AffinityDurable.Core.Planning;

namespace AffinityDurable.Core.Reporting;

/// <summary>Writes <c>rejects.csv</c> and counts the rejects by code.</summary>
internal sealed class RejectsCsv(Stream stream) : IAsyncDisposable
{
    private readonly CsvWriter csv = new(stream);
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
    private bool hasHeader;

    public IReadOnlyDictionary<string, long> Counts => counts;

    public void Add(Reject reject)
    {
        WriteHeader();
        counts[reject.Code] = counts.GetValueOrDefault(reject.Code) + 1;
        csv.WriteRecord(
        [
            reject.Code,
            reject.Line?.ToString(CultureInfo.InvariantCulture),
            reject.EntryId?.ToString(CultureInfo.InvariantCulture),
            reject.Name,
            reject.FieldId,
            reject.FieldName,
            reject.Reason,
            reject.Cure,
            reject.Source,
        ]);
    }

    public ValueTask DisposeAsync()
    {
        WriteHeader();
        return csv.DisposeAsync();
    }

    private void WriteHeader()
    {
        if (!hasHeader)
        {
            csv.WriteRecord(["code", "line", "entryId", "name", "fieldId", "field", "reason", "cure", "source"]);
            hasHeader = true;
        }
    }
}
