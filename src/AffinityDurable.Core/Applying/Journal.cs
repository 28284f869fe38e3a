using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Applying;

/// <summary>
/// What earlier attempts at a batch have said. Fields of an entry that no line settles are open; after an attempt that did not close
/// (a kill) they may or may not have been written.
/// </summary>
internal sealed class Journal
{
    private readonly Dictionary<long, HashSet<string>> settled = [];
    private readonly Dictionary<long, int> unsure = [];
    private readonly Dictionary<long, List<HashSet<string>>> apart = [];

    private Journal(int attempts) => Attempts = attempts;

    /// <summary>Attempts before this one.</summary>
    public int Attempts { get; }

    /// <summary>An earlier attempt ended without closing its segment.</summary>
    public bool Interrupted { get; private set; }

    public static async Task<Journal> LoadAsync(IRunStore store, string runId, int batch, CancellationToken cancellationToken)
    {
        var segments = new List<string>();
        await foreach (var name in store.ListAsync(runId, Artefacts.JournalOf(batch), cancellationToken))
        {
            segments.Add(name);
        }

        var journal = new Journal(segments.Count);
        foreach (var segment in segments)
        {
            await journal.ReadAsync(store, runId, segment, cancellationToken);
        }

        return journal;
    }

    public bool IsSettled(long entryId, string fieldId) => settled.TryGetValue(entryId, out var fields) && fields.Contains(fieldId);

    /// <summary>Whether the entry has to be read before its open fields are written.</summary>
    public bool MayHaveBeenWritten(long entryId) => Interrupted || unsure.ContainsKey(entryId);

    /// <summary>How often a write of the entry had no usable answer.</summary>
    public int TimesUnsure(long entryId) => unsure.GetValueOrDefault(entryId);

    /// <summary>Updates of one call in the groups in which they have to be sent; one, unless an earlier attempt was refused.</summary>
    public IReadOnlyList<IReadOnlyList<FieldChange>> PartsOf(long entryId, IReadOnlyList<FieldChange> updates)
    {
        IReadOnlyList<IReadOnlyList<FieldChange>> parts = [updates];
        foreach (var fields in apart.GetValueOrDefault(entryId, []))
        {
            parts = [.. parts.SelectMany(part => part.GroupBy(update => fields.Contains(update.FieldId))).Select(part => part.ToList())];
        }

        return parts;
    }

    /// <summary>Something of the batch is settled: Affinity has answered writes of it.</summary>
    public bool HasSettled => settled.Count > 0;

    private async Task ReadAsync(IRunStore store, string runId, string segment, CancellationToken cancellationToken)
    {
        var closed = false;
        await foreach (var line in store.ReadLinesAsync<JournalLine>(runId, segment, tornEnd: true, cancellationToken))
        {
            closed = line.Kind == JournalKind.Closed;
            Add(line);
        }

        Interrupted |= !closed;
    }

    private void Add(JournalLine line)
    {
        if (line.Kind == JournalKind.Unsure)
        {
            unsure[line.Entry] = TimesUnsure(line.Entry) + 1;
        }
        else if (line is { Kind: JournalKind.Apart, Fields: { } group })
        {
            if (!apart.TryGetValue(line.Entry, out var groups))
            {
                apart.Add(line.Entry, groups = []);
            }

            groups.Add([.. group]);
        }
        else if (line.Fields is { } fields)
        {
            if (!settled.TryGetValue(line.Entry, out var known))
            {
                settled.Add(line.Entry, known = []);
            }

            known.UnionWith(fields);
        }
    }
}
