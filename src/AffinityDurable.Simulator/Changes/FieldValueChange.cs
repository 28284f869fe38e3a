using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Changes;

/// <summary>
/// One stored value that became another. The entry is null for a global, enriched or relationship field, whose value belongs to the entity
/// on all its lists.
/// </summary>
internal sealed record FieldValueChange(
    DateTimeOffset At, long ChangerId, Entity Entity, ListEntry? Entry, Field Field, FieldValue Before, FieldValue After);
