using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Planning;

/// <summary>What we last wrote into the fields of one entry.</summary>
public sealed record LastWrittenEntry(long EntryId, IReadOnlyList<LastWrittenField> Fields);

/// <summary>What we last wrote into one field, as sent and, where it was read back, as Affinity stored it.</summary>
/// <param name="FieldId">The field.</param>
/// <param name="Sent">The acknowledged value; null for a clear.</param>
/// <param name="ReadBack">Whether <see cref="Stored"/> is known.</param>
/// <param name="Stored">What Affinity showed straight after the write.</param>
public sealed record LastWrittenField(string FieldId, FieldValue? Sent, bool ReadBack = false, FieldValue? Stored = null);

/// <summary>
/// Tells the planner what was sent before, for every field of the list, in eight bytes a field: of the values only hash codes are
/// kept, and compared within one process. Two values with one hash, one pair in four thousand million, would make an edit look like our own value.
/// </summary>
public sealed class LastWrittenIndex
{
    private readonly Dictionary<string, int> columns;
    private readonly Dictionary<long, Mark[]> entries = [];

    /// <param name="fieldIds">The mapped fields, in order; others are not kept.</param>
    public LastWrittenIndex(IEnumerable<string> fieldIds)
    {
        columns = fieldIds.Select((id, position) => (id, position)).ToDictionary(pair => pair.id, pair => pair.position);
    }

    public static LastWrittenIndex Empty { get; } = new([]);

    public void Add(LastWrittenEntry entry)
    {
        var marks = new Mark[columns.Count];
        foreach (var written in entry.Fields)
        {
            if (columns.TryGetValue(written.FieldId, out var column))
            {
                marks[column] = new Mark(HashOf(written.Sent), written.ReadBack ? HashOf(written.Stored) : Mark.Unknown);
            }
        }

        entries[entry.EntryId] = marks;
    }

    /// <summary>We sent <paramref name="value"/> last, and Affinity turned it into what it shows now.</summary>
    public bool IsStoredAs(long entryId, int column, FieldValue? value, FieldValue? live) =>
        MarkOf(entryId, column) is { } mark && mark.Sent == HashOf(value) && mark.Stored == HashOf(live);

    /// <summary>We sent <paramref name="value"/> last.</summary>
    public bool WasSent(long entryId, int column, FieldValue? value) =>
        MarkOf(entryId, column) is { } mark && mark.Sent == HashOf(value);

    /// <summary>We sent <paramref name="value"/> last and have not looked since what Affinity makes of it.</summary>
    public bool IsStoredFormUnknown(long entryId, int column, FieldValue? value) =>
        MarkOf(entryId, column) is { } mark && mark.Sent == HashOf(value) && mark.Stored == Mark.Unknown;

    /// <summary>We have written the field of this entry before.</summary>
    public bool Knows(long entryId, int column) => MarkOf(entryId, column) is not null;

    /// <summary>The field shows what we left there: the stored form where it is known, else what was sent.</summary>
    public bool IsAsLeft(long entryId, int column, FieldValue? live) =>
        MarkOf(entryId, column) is { } mark && HashOf(live) == (mark.Stored == Mark.Unknown ? mark.Sent : mark.Stored);

    private Mark? MarkOf(long entryId, int column) =>
        entries.TryGetValue(entryId, out var marks) && marks[column].Sent != Mark.Unknown ? marks[column] : null;

    private static int HashOf(FieldValue? value)
    {
        var hash = value?.GetHashCode() ?? 1;
        return hash == Mark.Unknown ? 2 : hash;
    }

    private readonly record struct Mark(int Sent, int Stored)
    {
        public const int Unknown = 0;
    }
}
