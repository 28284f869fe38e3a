using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Applying;

/// <summary>The calls about one entry of a batch, and what the journal says of their answers.</summary>
internal sealed class EntryWriter(AffinityClient client, BatchOrder order, JournalWriter journal, ThrottledCalls calls)
{
    private readonly Dictionary<string, AffinityField> fields = order.Sync.EveryField.ToDictionary(field => field.Field.Id, field => field.Field);
    private readonly WholeEntries entries = new(client, order.Sync.List.Id, calls);

    public Task<Answer<ListEntry>> ReadAsync(WritePlace place, IReadOnlyList<FieldChange> changes, CancellationToken cancellationToken) =>
        entries.ReadAsync(place.Target, [.. changes.Select(change => fields[change.FieldId])], cancellationToken);

    /// <summary>One PATCH, journaled when acknowledged.</summary>
    public async Task<AffinityFault?> SendAsync(WritePlace place, IReadOnlyList<FieldChange> updates, CancellationToken cancellationToken)
    {
        var answer = await calls.CallAsync(
            () => client.UpdateEntryFieldsAsync(order.Sync.List.Id, place.Target, [.. updates.Select(UpdateOf)], cancellationToken),
            cancellationToken);
        if (answer.Fault is null)
        {
            await journal.AddAsync(Line(JournalKind.Written, place, updates), cancellationToken);
            await ReadBackAsync(place, [.. updates.Where(update => update.ReadBack)], cancellationToken);
        }

        return answer.Fault;
    }

    /// <summary>
    /// Live = after counts as written, and so does what Affinity makes of it; live = before is still to be written; anything else is drift.
    /// </summary>
    /// <returns>What is still to be written.</returns>
    public async Task<List<FieldChange>> KeepOpenAsync(
        WritePlace place,
        ListEntry live,
        IReadOnlyList<FieldChange> changes,
        CancellationToken cancellationToken)
    {
        var standing = changes.ToLookup(change => StandingOf(change, live[change.FieldId]));
        await NoteStoredAsync(place, live, [.. standing[Standing.Written]], found: true, cancellationToken);
        if (standing[Standing.Drifted].Any())
        {
            await journal.AddAsync(Line(JournalKind.Drift, place, standing[Standing.Drifted]), cancellationToken);
        }

        return [.. standing[Standing.Open]];
    }

    /// <summary>The entry as a whole is refused.</summary>
    public ValueTask RefuseAsync(WritePlace place, IReadOnlyList<FieldChange> changes, ErrorCode code, AffinityFault fault, CancellationToken cancellationToken) =>
        journal.AddAsync(Line(JournalKind.Refused, place, changes) with { Code = code.Id, Reason = RefusedUpdates.Describe(fault) }, cancellationToken);

    /// <summary>Each of these is refused for a reason of its own.</summary>
    public async Task RefuseAsync(WritePlace place, IReadOnlyList<RefusedUpdate> refusals, CancellationToken cancellationToken)
    {
        foreach (var refused in refusals)
        {
            await journal.AddAsync(Line(JournalKind.Refused, place, [refused.Update]) with { Code = refused.Code, Reason = refused.Reason }, cancellationToken);
        }
    }

    /// <summary>Whatever becomes of this attempt, the entry is read before it is written again.</summary>
    public ValueTask NoteUnsureAsync(WritePlace place, CancellationToken cancellationToken) =>
        journal.AddAsync(new JournalLine { Kind = JournalKind.Unsure, Entry = place.Change.EntryId }, cancellationToken);

    /// <summary>A later attempt sends these apart from the others, too.</summary>
    public ValueTask NoteApartAsync(WritePlace place, IReadOnlyList<FieldChange> changes, CancellationToken cancellationToken) =>
        journal.AddAsync(Line(JournalKind.Apart, place, changes), cancellationToken);

    private FieldUpdate UpdateOf(FieldChange change) =>
        new(change.FieldId, TypeOf(change), change.After);

    /// <summary>Learns what Affinity stores of values that it has shown otherwise before. The acknowledgement is safe by then.</summary>
    private async Task ReadBackAsync(WritePlace place, IReadOnlyList<FieldChange> doubtful, CancellationToken cancellationToken)
    {
        if (doubtful.Count == 0 || calls.Blocked is not null)
        {
            return;
        }

        await journal.FlushAsync(cancellationToken);
        var live = await ReadAsync(place, doubtful, cancellationToken);
        if (live.Fault is null)
        {
            await NoteStoredAsync(place, live.Value!, [.. doubtful.Where(update => live.Value![update.FieldId].State == LiveState.Known)], found: false, cancellationToken);
        }
    }

    private async Task NoteStoredAsync(WritePlace place, ListEntry live, IReadOnlyList<FieldChange> written, bool found, CancellationToken cancellationToken)
    {
        if (written.Count > 0)
        {
            var stored = written.ToDictionary(change => change.FieldId, change => live[change.FieldId].Value);
            await journal.AddAsync(Line(JournalKind.Written, place, written) with { Stored = stored, Found = found }, cancellationToken);
        }
    }

    private Standing StandingOf(FieldChange change, LiveValue live) =>
        live.State != LiveState.Known ? Standing.Drifted
        : Equals(live.Value, change.After) ? Standing.Written
        : Equals(live.Value, change.Before) ? Standing.Open
        : TypeOf(change).IsFormOf(live.Value, change.After) ? Standing.Written
        : Standing.Drifted;

    private AffinityValueType TypeOf(FieldChange change) => AffinityValueTypes.Find(fields[change.FieldId].ValueType)!;

    private static JournalLine Line(JournalKind kind, WritePlace place, IEnumerable<FieldChange> changes) => new()
    {
        Kind = kind,
        Entry = place.Change.EntryId,
        Fields = [.. changes.Select(change => change.FieldId)],
        FollowedTo = place.IsFollowed ? place.Target : null,
    };

    private enum Standing
    {
        Open,
        Written,
        Drifted,
    }
}
