using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Applying;

/// <summary>Writes the open fields of one entry, after reading them first where the plan is old or an earlier attempt may have written.</summary>
internal sealed class EntryApplier(AffinityClient client, BatchOrder order, Journal earlier, JournalWriter journal, ThrottledCalls calls)
{
    /// <summary>Updates in one PATCH (Affinity's limit).</summary>
    private const int UpdatesPerCall = 100;

    private readonly Dictionary<string, AffinityField> fields = order.Sync.Fields.ToDictionary(field => field.Field.Id, field => field.Field);

    /// <summary>Settles the entry: every open field is written, drifted or refused.</summary>
    /// <param name="change">The planned changes.</param>
    /// <param name="readFirst">The before-values are too old to be trusted.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Null when settled, else the fault that left fields open.</returns>
    public async Task<AffinityFault?> ApplyAsync(EntryChange change, bool readFirst, CancellationToken cancellationToken)
    {
        var open = OpenFields(change);
        var entryId = change.EntryId;
        if (open.Count > 0 && (readFirst || earlier.MayHaveBeenWritten(entryId)))
        {
            var live = await ReadAsync(entryId, open, cancellationToken);
            if (live.Fault is not null)
            {
                return await SettleFaultAsync(change, open, live.Fault, cancellationToken);
            }

            open = await KeepUnchangedAsync(change, live.Value!, open, cancellationToken);
        }

        foreach (var updates in open.Chunk(UpdatesPerCall))
        {
            if (await WriteAsync(change, updates, cancellationToken) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    public List<FieldChange> OpenFields(EntryChange change) =>
        [.. change.Fields.Where(field => !earlier.IsSettled(change.EntryId, field.FieldId))];

    private Task<Answer<ListEntry>> ReadAsync(long entryId, IReadOnlyList<FieldChange> changes, CancellationToken cancellationToken) =>
        calls.CallAsync(
            () => client.EntryAsync(order.Sync.List.Id, entryId, [.. changes.Select(change => fields[change.FieldId])], cancellationToken),
            cancellationToken);

    /// <summary>Live = after counts as written, live = before is still to be written, anything else is drift.</summary>
    private async Task<List<FieldChange>> KeepUnchangedAsync(
        EntryChange change,
        ListEntry live,
        IReadOnlyList<FieldChange> open,
        CancellationToken cancellationToken)
    {
        var standing = open.ToLookup(field => StandingOf(field, live[field.FieldId]));
        await NoteAsync(JournalKind.Written, change.EntryId, standing[Standing.Written], cancellationToken);
        await NoteAsync(JournalKind.Drift, change.EntryId, standing[Standing.Drifted], cancellationToken);
        return [.. standing[Standing.Open]];
    }

    private static Standing StandingOf(FieldChange change, LiveValue live) =>
        live.State != LiveState.Known ? Standing.Drifted
        : Equals(live.Value, change.After) ? Standing.Written
        : Equals(live.Value, change.Before) ? Standing.Open
        : Standing.Drifted;

    private async Task<AffinityFault?> WriteAsync(EntryChange change, FieldChange[] updates, CancellationToken cancellationToken)
    {
        var fault = await SendAsync(change, updates, cancellationToken);
        if (fault?.Kind == FaultKind.Unavailable && calls.Blocked is null)
        {
            return await RepeatAsync(change, updates, cancellationToken);
        }

        return fault is null ? null : await SettleFaultAsync(change, updates, fault, cancellationToken);
    }

    /// <summary>Once more after a write without a usable answer: it may have been committed, so what Affinity shows decides what is left to write.</summary>
    private async Task<AffinityFault?> RepeatAsync(EntryChange change, FieldChange[] updates, CancellationToken cancellationToken)
    {
        var live = await ReadAsync(change.EntryId, updates, cancellationToken);
        if (live.Fault is not null)
        {
            return await SettleFaultAsync(change, updates, live.Fault, cancellationToken);
        }

        var open = await KeepUnchangedAsync(change, live.Value!, updates, cancellationToken);
        var fault = open.Count == 0 ? null : await SendAsync(change, [.. open], cancellationToken);
        return fault is null ? null : await SettleFaultAsync(change, open, fault, cancellationToken);
    }

    /// <summary>One PATCH, journaled when acknowledged.</summary>
    private async Task<AffinityFault?> SendAsync(EntryChange change, FieldChange[] updates, CancellationToken cancellationToken)
    {
        var answer = await calls.CallAsync(
            () => client.UpdateEntryFieldsAsync(order.Sync.List.Id, change.EntryId, [.. updates.Select(UpdateOf)], cancellationToken),
            cancellationToken);
        if (answer.Fault is null)
        {
            await journal.AddAsync(await WrittenLineAsync(change.EntryId, updates, cancellationToken), cancellationToken);
        }

        return answer.Fault;
    }

    private FieldUpdate UpdateOf(FieldChange change) =>
        new(change.FieldId, AffinityValueTypes.Find(fields[change.FieldId].ValueType)!, change.After);

    private async Task<JournalLine> WrittenLineAsync(long entryId, FieldChange[] updates, CancellationToken cancellationToken)
    {
        var line = Line(JournalKind.Written, entryId, updates);
        var doubtful = updates.Where(update => update.ReadBack).ToList();
        if (doubtful.Count == 0 || calls.Blocked is not null)
        {
            return line;
        }

        var live = await ReadAsync(entryId, doubtful, cancellationToken);
        return live.Fault is not null
            ? line
            : line with
            {
                Stored = doubtful.Where(update => live.Value![update.FieldId].State == LiveState.Known)
                    .ToDictionary(update => update.FieldId, update => live.Value![update.FieldId].Value),
            };
    }

    private async Task<AffinityFault?> SettleFaultAsync(
        EntryChange change,
        IReadOnlyList<FieldChange> open,
        AffinityFault fault,
        CancellationToken cancellationToken)
    {
        if (CallFailure.RefusesEntry(fault) is { } code)
        {
            var line = Line(JournalKind.Refused, change.EntryId, open) with { Code = code.Id, Reason = Describe(fault) };
            await journal.AddAsync(line, cancellationToken);
            return null;
        }

        if (fault.Kind == FaultKind.Unavailable)
        {
            await journal.AddAsync(new JournalLine { Kind = JournalKind.Unsure, Entry = change.EntryId }, cancellationToken);
        }

        return fault;
    }

    private static string Describe(AffinityFault fault) =>
        fault.MergedInto is { } survivor ? $"{fault.Message} The surviving entity is {survivor}." : fault.Message;

    private async Task NoteAsync(JournalKind kind, long entryId, IEnumerable<FieldChange> changes, CancellationToken cancellationToken)
    {
        var noted = changes.ToList();
        if (noted.Count > 0)
        {
            await journal.AddAsync(Line(kind, entryId, noted), cancellationToken);
        }
    }

    private static JournalLine Line(JournalKind kind, long entryId, IReadOnlyList<FieldChange> changes) =>
        new() { Kind = kind, Entry = entryId, Fields = [.. changes.Select(change => change.FieldId)] };

    private enum Standing
    {
        Open,
        Written,
        Drifted,
    }
}
