using AffinityDurable.Simulator.Changes;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>
/// One event of a value. <paramref name="IsOwnRecord"/> is true where v1 keeps a record for each value instead of one for the cell: in
/// multi-values, and for dropdowns whose updates arrive as pairs.
/// </summary>
internal readonly record struct ValueEvent(string Type, FieldValue Value, bool IsOwnRecord);

/// <summary>
/// Tells the events of a change: created from empty, deleted to empty, updated otherwise, and of a multi-value one event for each value
/// that came or went. Deletions come first.
/// </summary>
internal sealed class ValueEvents(SimulatedBehavior behavior)
{
    /// <summary>Whether changes of the field are told at all.</summary>
    public bool AreToldOf(Field field) => field.Type != FieldType.Enriched || behavior.EnrichedEditsFireWebhooks;

    public IReadOnlyList<ValueEvent> Of(FieldValueChange change)
    {
        if (change.Field.ValueType.IsMulti())
        {
            var (removed, added) = MultiValueDifference.Of(change.Before, change.After);
            return [.. removed.Select(Deleted), .. added.Select(Created)];
        }

        // A ranked dropdown keeps its record: v1's sample of one has a time of its update.
        if (change.Field.ValueType == FieldValueType.Dropdown && behavior.DropdownUpdatesArriveAsPairs)
        {
            return [.. Present(change.Before).Select(Deleted), .. Present(change.After).Select(Created)];
        }

        return [OfCell(change.Before, change.After)];
    }

    private static FieldValue[] Present(FieldValue value) => value.IsEmpty ? [] : [value];

    private static ValueEvent Deleted(FieldValue value) => new(WebhookEvents.ValueDeleted, value, IsOwnRecord: true);

    private static ValueEvent Created(FieldValue value) => new(WebhookEvents.ValueCreated, value, IsOwnRecord: true);

    private static ValueEvent OfCell(FieldValue before, FieldValue after) => after.IsEmpty
        ? new(WebhookEvents.ValueDeleted, before, IsOwnRecord: false)
        : new(before.IsEmpty ? WebhookEvents.ValueCreated : WebhookEvents.ValueUpdated, after, IsOwnRecord: false);
}
