using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Applying;

/// <summary>What all attempts together have settled about one entry.</summary>
public sealed class EntryJournal
{
    private readonly Dictionary<string, WrittenField> written = [];
    private readonly Dictionary<string, JournalLine> refused = [];
    private readonly HashSet<string> drifted = [];

    /// <summary>Acknowledged fields.</summary>
    public IReadOnlyDictionary<string, WrittenField> Written => written;

    /// <summary>Fields that changed in Affinity since the plan.</summary>
    public IReadOnlySet<string> Drifted => drifted;

    /// <summary>Fields that Affinity refused, with the line that says why.</summary>
    public IReadOnlyDictionary<string, JournalLine> Refused => refused;

    /// <summary>The entry that was written instead, because the company had been merged into another.</summary>
    public long? FollowedTo { get; private set; }

    /// <summary>The journals of a batch by entry.</summary>
    public static async Task<IReadOnlyDictionary<long, EntryJournal>> LoadAsync(
        IRunStore store,
        string runId,
        int batch,
        CancellationToken cancellationToken)
    {
        var entries = new Dictionary<long, EntryJournal>();
        await foreach (var segment in store.ListAsync(runId, Artefacts.JournalOf(batch), cancellationToken))
        {
            await foreach (var line in store.ReadLinesAsync<JournalLine>(runId, segment, tornEnd: true, cancellationToken))
            {
                Add(entries, line);
            }
        }

        return entries;
    }

    /// <summary>What was acknowledged, for the next run to know.</summary>
    public IReadOnlyList<LastWrittenField> LastWritten(EntryChange change) =>
    [
        .. change.Fields.Where(field => written.ContainsKey(field.FieldId))
            .Select(field => new LastWrittenField(field.FieldId, field.After, written[field.FieldId].ReadBack, written[field.FieldId].Stored)),
    ];

    /// <summary>The field was read back: Affinity keeps our value in this form.</summary>
    internal void Learn(string fieldId, FieldValue? stored) => written[fieldId] = new WrittenField(ReadBack: true, stored);

    private static void Add(Dictionary<long, EntryJournal> entries, JournalLine line)
    {
        if (line.Fields is null)
        {
            return;
        }

        if (!entries.TryGetValue(line.Entry, out var entry))
        {
            entries.Add(line.Entry, entry = new EntryJournal());
        }

        foreach (var field in line.Fields)
        {
            entry.Settle(field, line);
        }
    }

    private void Settle(string field, JournalLine line)
    {
        switch (line.Kind)
        {
            case JournalKind.Written:
                FieldValue? stored = null;
                var readBack = line.Stored?.TryGetValue(field, out stored) == true;
                written[field] = new WrittenField(readBack, stored);
                FollowedTo = line.FollowedTo ?? FollowedTo;
                break;
            case JournalKind.Drift:
                drifted.Add(field);
                break;
            case JournalKind.Refused:
                refused[field] = line;
                break;
        }
    }
}

/// <summary>An acknowledged field.</summary>
/// <param name="ReadBack">Whether it was read after the write.</param>
/// <param name="Stored">What Affinity showed then.</param>
public sealed record WrittenField(bool ReadBack, FieldValue? Stored);
