using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Gateway;

/// <summary>Which fields a version shows: lists, notes and reminders as values came with 2026-09-17.</summary>
internal static class FieldVersions
{
    /// <summary>The fields as they are, in the newest version without a copy.</summary>
    public static Field[] Shown(this ApiVersion version, Field[] fields) =>
        version >= ApiVersion.V20260917 ? fields : Array.FindAll(fields, field => version.Shows(field));

    public static bool Shows(this ApiVersion version, Field field) =>
        version >= ApiVersion.V20260917 || field.ValueType < FieldValueType.ListMulti;
}
