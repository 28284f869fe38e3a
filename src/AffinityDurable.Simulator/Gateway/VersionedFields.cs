using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Gateway;

/// <summary>Value types that came with version 2026-09-17: fields of these are not shown in older ones.</summary>
internal static class VersionedFields
{
    public static bool IsShownIn(this Field field, ApiVersion version) =>
        version >= ApiVersion.V20260917
        || field.ValueType is not (FieldValueType.ListMulti or FieldValueType.Note or FieldValueType.Reminder);

    /// <summary>The fields that a version shows; the same array where it shows all.</summary>
    public static Field[] ShownIn(this Field[] fields, ApiVersion version) =>
        Array.TrueForAll(fields, field => field.IsShownIn(version)) ? fields : Array.FindAll(fields, field => field.IsShownIn(version));
}
