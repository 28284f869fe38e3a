using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Applying;

/// <summary>Writes the open fields of one entry, after reading them first where the plan is old or an earlier attempt may have written.</summary>
internal sealed class EntryApplier(AffinityClient client, BatchOrder order, Journal earlier, JournalWriter journal, ThrottledCalls calls, MergedEntries merges)
{
    private static readonly AffinityFault NoMoreCalls = new(FaultKind.MinuteLimit, 0, "", []);

    private readonly Dictionary<string, AffinityField> fields = order.Sync.EveryField.ToDictionary(field => field.Field.Id, field => field.Field);
    private readonly WholeEntries entries = new(client, order.Sync.List.Id, calls);

    /// <summary>Settles the entry: every open field is written, drifted or refused.</summary>
    /// <param name="change">The planned changes.</param>
    /// <param name="readFirst">The before-values are too old to be trusted.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Null when settled, else the fault that left fields open.</returns>
    public async Task<AffinityFault?> ApplyAsync(EntryChange change, bool readFirst, CancellationToken cancellationToken)
    {
        var open = OpenFields(change);
        return open.Count == 0 ? null
            : readFirst || earlier.MayHaveBeenWritten(change.EntryId) ? await ReadThenWriteAsync(change, open, change.EntryId, cancellationToken)
            : await WriteAllAsync(change, open, change.EntryId, cancellationToken);
    }

    /// <summary>Gives an entry up for which Affinity has no usable answer again and again, while it has for others.</summary>
    public async Task GiveUpAsync(EntryChange change, AffinityFault fault, CancellationToken cancellationToken)
    {
        var line = Line(JournalKind.Refused, change.EntryId, change.EntryId, OpenFields(change));
        await journal.AddAsync(line with { Code = AffinityErrors.Unavailable.Id, Reason = Describe(fault) }, cancellationToken);
    }

    public List<FieldChange> OpenFields(EntryChange change) =>
        [.. change.Fields.Where(field => !earlier.IsSettled(change.EntryId, field.FieldId))];

    /// <param name="change">The planned changes.</param>
    /// <param name="open">Those that are to be written.</param>
    /// <param name="target">The entry to write: that of the change, or the one it lives on in after a merge.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    private async Task<AffinityFault?> ReadThenWriteAsync(EntryChange change, List<FieldChange> open, long target, CancellationToken cancellationToken)
    {
        var live = await ReadAsync(target, open, cancellationToken);
        return live.Fault is { } fault
            ? await SettleFaultAsync(change, open, target, fault, cancellationToken)
            : await WriteAllAsync(change, await KeepUnchangedAsync(change, live.Value!, open, cancellationToken), target, cancellationToken);
    }

    private async Task<AffinityFault?> WriteAllAsync(EntryChange change, List<FieldChange> open, long target, CancellationToken cancellationToken)
    {
        foreach (var updates in open.Chunk(AffinityApi.MostUpdates))
        {
            // The calls of this entry may have used up what the batch found free.
            var fault = calls.Blocked is null ? await WriteAsync(change, updates, target, cancellationToken) : NoMoreCalls;
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private Task<Answer<ListEntry>> ReadAsync(long entryId, IReadOnlyList<FieldChange> changes, CancellationToken cancellationToken) =>
        entries.ReadAsync(entryId, [.. changes.Select(change => fields[change.FieldId])], cancellationToken);

    /// <summary>Live = after counts as written, live = before is still to be written, anything else is drift.</summary>
    private async Task<List<FieldChange>> KeepUnchangedAsync(
        EntryChange change,
        ListEntry live,
        IReadOnlyList<FieldChange> open,
        CancellationToken cancellationToken)
    {
        var standing = open.ToLookup(field => StandingOf(field, live[field.FieldId]));
        await NoteAsync(JournalKind.Written, change.EntryId, live.Id, standing[Standing.Written], cancellationToken, found: true);
        await NoteAsync(JournalKind.Drift, change.EntryId, live.Id, standing[Standing.Drifted], cancellationToken);
        return [.. standing[Standing.Open]];
    }

    private static Standing StandingOf(FieldChange change, LiveValue live) =>
        live.State != LiveState.Known ? Standing.Drifted
        : Equals(live.Value, change.After) ? Standing.Written
        : Equals(live.Value, change.Before) ? Standing.Open
        : Standing.Drifted;

    private async Task<AffinityFault?> WriteAsync(EntryChange change, FieldChange[] updates, long target, CancellationToken cancellationToken)
    {
        var fault = await SendAsync(change, updates, target, cancellationToken);
        if (fault?.Kind == FaultKind.Unavailable && calls.Blocked is null)
        {
            return await RepeatAsync(change, updates, target, cancellationToken);
        }

        return fault is null ? null : await SettleFaultAsync(change, updates, target, fault, cancellationToken);
    }

    /// <summary>Once more after a write without a usable answer: it may have been committed, so what Affinity shows decides what is left to write.</summary>
    private async Task<AffinityFault?> RepeatAsync(EntryChange change, FieldChange[] updates, long target, CancellationToken cancellationToken)
    {
        // Noted first: the read may fail for a reason of its own, and then a later attempt has to read again.
        await NoteUnsureAsync(change.EntryId, cancellationToken);
        var live = await ReadAsync(target, updates, cancellationToken);
        if (live.Fault is not null)
        {
            return await SettleFaultAsync(change, updates, target, live.Fault, cancellationToken);
        }

        var open = await KeepUnchangedAsync(change, live.Value!, updates, cancellationToken);
        var fault = open.Count == 0 ? null : await SendAsync(change, [.. open], target, cancellationToken);
        return fault is null ? null : await SettleFaultAsync(change, open, target, fault, cancellationToken);
    }

    /// <summary>One PATCH, journaled when acknowledged.</summary>
    private async Task<AffinityFault?> SendAsync(EntryChange change, FieldChange[] updates, long target, CancellationToken cancellationToken)
    {
        var answer = await calls.CallAsync(
            () => client.UpdateEntryFieldsAsync(order.Sync.List.Id, target, [.. updates.Select(UpdateOf)], cancellationToken),
            cancellationToken);
        if (answer.Fault is null)
        {
            await NoteAsync(JournalKind.Written, change.EntryId, target, updates, cancellationToken);
            await ReadBackAsync(change.EntryId, [.. updates.Where(update => update.ReadBack)], target, cancellationToken);
        }

        return answer.Fault;
    }

    private FieldUpdate UpdateOf(FieldChange change) =>
        new(change.FieldId, AffinityValueTypes.Find(fields[change.FieldId].ValueType)!, change.After);

    /// <summary>Learns what Affinity stores of values that it has shown otherwise before. The acknowledgement is safe by then.</summary>
    private async Task ReadBackAsync(long entryId, IReadOnlyList<FieldChange> doubtful, long target, CancellationToken cancellationToken)
    {
        if (doubtful.Count == 0 || calls.Blocked is not null)
        {
            return;
        }

        await journal.FlushAsync(cancellationToken);
        var live = await ReadAsync(target, doubtful, cancellationToken);
        if (live.Fault is null)
        {
            var known = doubtful.Where(update => live.Value![update.FieldId].State == LiveState.Known).ToList();
            var stored = known.ToDictionary(update => update.FieldId, update => live.Value![update.FieldId].Value);
            await journal.AddAsync(Line(JournalKind.Written, entryId, target, known) with { Stored = stored }, cancellationToken);
        }
    }

    private async Task<AffinityFault?> SettleFaultAsync(
        EntryChange change,
        IReadOnlyList<FieldChange> open,
        long target,
        AffinityFault fault,
        CancellationToken cancellationToken)
    {
        if (fault is { Kind: FaultKind.Merged, MergedInto: { } survivor } && target == change.EntryId)
        {
            var successor = await merges.EntryOfAsync(survivor, cancellationToken);
            if (successor.Fault is not null)
            {
                return successor.Fault;
            }

            if (successor.EntryId is { } entryId)
            {
                return await ReadThenWriteAsync(change, [.. open], entryId, cancellationToken);
            }
        }

        if (CallFailure.RefusesEntry(fault) is { } code)
        {
            var line = Line(JournalKind.Refused, change.EntryId, target, open) with { Code = code.Id, Reason = Describe(fault) };
            await journal.AddAsync(line, cancellationToken);
            return null;
        }

        if (CallFailure.MayHaveBeenWritten(fault))
        {
            await NoteUnsureAsync(change.EntryId, cancellationToken);
        }

        return fault;
    }

    private ValueTask NoteUnsureAsync(long entryId, CancellationToken cancellationToken) =>
        journal.AddAsync(new JournalLine { Kind = JournalKind.Unsure, Entry = entryId }, cancellationToken);

    private static string Describe(AffinityFault fault) =>
        fault.MergedInto is { } survivor ? $"{fault.Message} The surviving entity is {survivor}." : fault.Message;

    private async Task NoteAsync(JournalKind kind, long entryId, long target, IEnumerable<FieldChange> changes, CancellationToken cancellationToken, bool found = false)
    {
        var noted = changes.ToList();
        if (noted.Count > 0)
        {
            await journal.AddAsync(Line(kind, entryId, target, noted) with { Found = found }, cancellationToken);
        }
    }

    private static JournalLine Line(JournalKind kind, long entryId, long target, IReadOnlyList<FieldChange> changes) => new()
    {
        Kind = kind,
        Entry = entryId,
        Fields = [.. changes.Select(change => change.FieldId)],
        FollowedTo = target == entryId ? null : target,
    };

    private enum Standing
    {
        Open,
        Written,
        Drifted,
    }
}
