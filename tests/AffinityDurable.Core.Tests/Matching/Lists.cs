using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Core.Tests.Matching;

/// <summary>Entries and sources in memory.</summary>
internal static class Lists
{
    public static EntrySnapshot Entry(long entryId, long entityId, string? name, params string[] domains) =>
        new(entryId, entityId, name, domains, []);

    public static EntryIndex Index(params IEnumerable<EntrySnapshot> entries) => new(entries);
}

/// <summary>A source in memory; a record of the wrong length is malformed.</summary>
internal sealed class MemorySource(IReadOnlyList<string> columns, IReadOnlyList<string?[]> records, bool hasLines = true) : ISourceReader
{
    public IReadOnlyList<string> Columns => columns;

    public async IAsyncEnumerable<ISourceRow> ReadRowsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var row = new MemoryRow();
        foreach (var (at, cells) in records.Index().Where(record => record.Item.Length == columns.Count))
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            row.Line = hasLines ? at + 2 : null;
            row.Cells = cells;
            yield return row;
        }
    }

    public async IAsyncEnumerable<MalformedRecord> ReadMalformedAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var (at, _) in records.Index().Where(record => record.Item.Length != columns.Count))
        {
            yield return new MalformedRecord(at + 2, at + 2, "AFF221", $"Line {at + 2} is short.");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A row in memory.</summary>
internal sealed class MemoryRow : ISourceRow
{
    public IReadOnlyList<string?> Cells { get; set; } = [];

    public long? Line { get; set; }

    public string? Text(int column) => string.IsNullOrWhiteSpace(Cells[column]) ? null : Cells[column]!.Trim();
}
