using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Reading;

/// <summary>A set that a page had cut off at 100 items, read in full.</summary>
public sealed record FullSet(long EntryId, string FieldId, FieldValue? Value)
{
    /// <summary>False when Affinity did not give it: the value stays unknown.</summary>
    public bool IsComplete { get; init; } = true;
}
