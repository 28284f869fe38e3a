using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Changes;

/// <summary>Which fields have their changes kept.</summary>
internal static class ChangeTracking
{
    public static bool Tracks(Field field, SimulatedBehavior behavior) =>
        field.Type is FieldType.List or FieldType.Global
        && (field.Traits.TracksChanges ?? (field.ValueType.IsWritable() && (behavior.TracksMultiValues || !field.ValueType.IsMulti())));
}
