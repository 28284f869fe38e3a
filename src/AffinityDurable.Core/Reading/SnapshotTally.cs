using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Reading;

/// <summary>Turns entries into snapshots, values aligned with the fields of the sync, and counts them.</summary>
internal sealed class SnapshotTally(ResolvedSync sync, SyncScope scope)
{
    private readonly IReadOnlyList<string> fieldIds = [.. sync.EveryField.Select(field => field.Field.Id)];
    private readonly IReadOnlyList<FieldKey> keys = FieldKey.OfAll(sync);

    public int Entries { get; private set; }

    /// <summary>Values of which Affinity sent only a part.</summary>
    public int TruncatedSets { get; private set; }

    public EntrySnapshot Take(ListEntry entry)
    {
        var values = new LiveValue[fieldIds.Count];
        for (var column = 0; column < values.Length; column++)
        {
            values[column] = entry[fieldIds[column]];
            TruncatedSets += values[column].State == LiveState.Truncated ? 1 : 0;
        }

        Entries++;
        return new EntrySnapshot(entry.Id, entry.EntityId, entry.Name, entry.Domains, values)
        {
            Emails = entry.Emails,
            IsOutside = !scope.Includes(entry),
            Keys = keys.Count == 0 ? null : [.. keys.Select(key => key.Of(entry[key.FieldId], entry.CompanyDomains?.GetValueOrDefault(key.FieldId) ?? []))],
        };
    }
}
