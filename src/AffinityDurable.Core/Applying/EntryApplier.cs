using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Applying;

/// <summary>Writes the open fields of one entry, after reading them first where the plan is old or an earlier attempt may have written.</summary>
internal sealed class EntryApplier(EntryWriter writer, CallWriter callWriter, Journal earlier, MergedEntries merges)
{
    /// <summary>Settles the entry: every open field is written, drifted or refused.</summary>
    /// <param name="change">The planned changes.</param>
    /// <param name="readFirst">The before-values are too old to be trusted.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Null when settled, else the fault that left fields open.</returns>
    public async Task<AffinityFault?> ApplyAsync(EntryChange change, bool readFirst, CancellationToken cancellationToken)
    {
        var open = OpenFields(change);
        var place = WritePlace.Of(change);
        return open.Count == 0 ? null
            : readFirst || earlier.MayHaveBeenWritten(change.EntryId) ? await ReadThenWriteAsync(place, open, cancellationToken)
            : await WriteAllAsync(place, open, cancellationToken);
    }

    /// <summary>Gives an entry up for which Affinity has no usable answer again and again, while it has for others.</summary>
    public async Task GiveUpAsync(EntryChange change, AffinityFault fault, CancellationToken cancellationToken) =>
        await writer.RefuseAsync(WritePlace.Of(change), OpenFields(change), AffinityErrors.Unavailable, fault, cancellationToken);

    public List<FieldChange> OpenFields(EntryChange change) =>
        [.. change.Fields.Where(field => !earlier.IsSettled(change.EntryId, field.FieldId))];

    private async Task<AffinityFault?> ReadThenWriteAsync(WritePlace place, IReadOnlyList<FieldChange> open, CancellationToken cancellationToken)
    {
        var live = await writer.ReadAsync(place, open, cancellationToken);
        return live.Fault is { } fault
            ? await SettleFaultAsync(place, open, fault, cancellationToken)
            : await WriteAllAsync(place, await writer.KeepOpenAsync(place, live.Value!, open, cancellationToken), cancellationToken);
    }

    private async Task<AffinityFault?> WriteAllAsync(WritePlace place, List<FieldChange> open, CancellationToken cancellationToken)
    {
        var calls = open.Chunk(AffinityApi.MostUpdates).Select(updates => new UpdateGroups(earlier.PartsOf(place.Change.EntryId, updates))).ToList();
        for (var call = 0; call < calls.Count; call++)
        {
            if (await callWriter.WriteAsync(place, calls[call], cancellationToken) is { } fault)
            {
                return await SettleFaultAsync(place, [.. calls.Skip(call).SelectMany(groups => groups.Left)], fault, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>Follows an entry whose company was merged, refuses one that cannot be written; anything else leaves its fields open.</summary>
    private async Task<AffinityFault?> SettleFaultAsync(WritePlace place, IReadOnlyList<FieldChange> open, AffinityFault fault, CancellationToken cancellationToken)
    {
        if (fault is { Kind: FaultKind.Merged, MergedInto: { } survivor } && !place.IsFollowed)
        {
            var successor = await merges.EntryOfAsync(survivor, cancellationToken);
            if (successor.Fault is not null)
            {
                return successor.Fault;
            }

            if (successor.EntryId is { } entryId)
            {
                return await ReadThenWriteAsync(place with { Target = entryId, EntityId = survivor }, open, cancellationToken);
            }
        }

        if (CallFailure.RefusesEntry(fault) is { } code)
        {
            await writer.RefuseAsync(place, open, code, fault, cancellationToken);
            return null;
        }

        if (CallFailure.MayHaveBeenWritten(fault))
        {
            await writer.NoteUnsureAsync(place, cancellationToken);
        }

        return fault;
    }
}
