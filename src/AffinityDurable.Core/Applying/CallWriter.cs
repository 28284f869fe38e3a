using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Applying;

/// <summary>
/// Writes the updates of one call. Where Affinity refuses it for some of them, the entry is read back, since the others may have been
/// written or not, and what is left is sent in smaller groups until the bad updates are found. A group takes two calls at most, and
/// there are never twice as many groups as updates.
/// </summary>
internal sealed class CallWriter(EntryWriter writer, ThrottledCalls calls, LeaseWatch lease)
{
    private static readonly AffinityFault NoMoreCalls = new(FaultKind.MinuteLimit, 0, "", []);

    /// <returns>Null when every update is settled, else the fault that left some of the groups.</returns>
    public async Task<AffinityFault?> WriteAsync(WritePlace place, UpdateGroups groups, CancellationToken cancellationToken)
    {
        while (groups.Next() is { } group)
        {
            var fault = group.Count == 0 ? await TakeAsync(place, groups, group, fault: null, cancellationToken)
                : await MayCallAsync(cancellationToken) ? await SendAsync(place, groups, group, cancellationToken)
                : NoMoreCalls;
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>The calls of this entry may have used up what the batch found free, and may have taken their time.</summary>
    private async Task<bool> MayCallAsync(CancellationToken cancellationToken) =>
        calls.Blocked is null && await lease.StopAsync(cancellationToken) is null;

    private async Task<AffinityFault?> SendAsync(WritePlace place, UpdateGroups groups, IReadOnlyList<FieldChange> group, CancellationToken cancellationToken)
    {
        var fault = await writer.SendAsync(place, group, cancellationToken);
        return fault?.Kind == FaultKind.Unavailable && calls.Blocked is null
            ? await SendAgainAsync(place, groups, group, cancellationToken)
            : await TakeAsync(place, groups, group, fault, cancellationToken);
    }

    /// <summary>Once more after a write without a usable answer: it may have been committed, so what Affinity shows decides what is left to write.</summary>
    private async Task<AffinityFault?> SendAgainAsync(WritePlace place, UpdateGroups groups, IReadOnlyList<FieldChange> group, CancellationToken cancellationToken)
    {
        // Noted first: the read may fail for a reason of its own, and then a later attempt has to read again.
        await writer.NoteUnsureAsync(place, cancellationToken);
        if (await KeepOpenAsync(place, groups, group, cancellationToken) is { } unread)
        {
            return unread;
        }

        var open = groups.Next()!;
        var fault = open.Count == 0 ? null : await writer.SendAsync(place, open, cancellationToken);
        return await TakeAsync(place, groups, open, fault, cancellationToken);
    }

    private async Task<AffinityFault?> TakeAsync(
        WritePlace place,
        UpdateGroups groups,
        IReadOnlyList<FieldChange> sent,
        AffinityFault? fault,
        CancellationToken cancellationToken)
    {
        if (fault is null)
        {
            await writer.RefuseAsync(place, groups.Accept(), cancellationToken);
            return null;
        }

        if (!RefusedUpdates.Concerns(fault, place, sent))
        {
            return fault;
        }

        if (sent.Count == 1)
        {
            await writer.RefuseAsync(place, [RefusedUpdates.Of(sent[0], fault)], cancellationToken);
            groups.Drop();
            return null;
        }

        return await IsolateAsync(place, groups, sent, fault, cancellationToken);
    }

    private async Task<AffinityFault?> IsolateAsync(
        WritePlace place,
        UpdateGroups groups,
        IReadOnlyList<FieldChange> sent,
        AffinityFault fault,
        CancellationToken cancellationToken)
    {
        var unread = calls.Blocked is null ? await KeepOpenAsync(place, groups, sent, cancellationToken) : NoMoreCalls;
        if (unread is not null)
        {
            // Batches need not be atomic.
            await writer.NoteUnsureAsync(place, cancellationToken);
            return unread;
        }

        var open = groups.Next()!;
        RefusedUpdate[] named = [.. RefusedUpdates.NamedIn(fault, sent).Where(refused => open.Contains(refused.Update))];
        if (open.Count > 1 || named.Length > 0)
        {
            await writer.NoteApartAsync(place, groups.Split(named), cancellationToken);
        }

        return null;
    }

    /// <summary>Reads what is there, and leaves in the group at hand what is still to be written.</summary>
    private async Task<AffinityFault?> KeepOpenAsync(WritePlace place, UpdateGroups groups, IReadOnlyList<FieldChange> group, CancellationToken cancellationToken)
    {
        var live = await writer.ReadAsync(place, group, cancellationToken);
        if (live.Fault is null)
        {
            groups.Keep(await writer.KeepOpenAsync(place, live.Value!, group, cancellationToken));
        }

        return live.Fault;
    }
}
