namespace AffinityDurable.Simulator.Validation;

/// <summary>What the schemas of the write endpoints do not have in common, and what nobody knows of them.</summary>
internal readonly record struct UpdateSchema(bool RequiresValue, bool AllowsNoUpdates, bool AllowsEmptyArrays)
{
    /// <summary>An update of a list entry may lack its <c>value</c>.</summary>
    public static UpdateSchema OfEntries(SimulatedBehavior behavior) =>
        new(RequiresValue: false, !behavior.EmptyBatchesRefused, !behavior.EmptyArraysRefused);

    /// <summary>An update of a company or person may not.</summary>
    public static UpdateSchema OfEntities(SimulatedBehavior behavior) => OfEntries(behavior) with { RequiresValue = true };
}
