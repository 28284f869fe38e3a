using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Values;

/// <summary>Which fields a definition may map at all.</summary>
public static class FieldWriteRules
{
    /// <summary>Affinity keeps these itself although their type could be written.</summary>
    private static readonly string[] ComputedIds = ["created-at", "time-in-current-status"];

    /// <summary>Why the field cannot be written; null when it can.</summary>
    /// <param name="field">The field as the list's metadata gives it.</param>
    /// <param name="overrideEnriched">Whether the mapping accepts that Affinity stops updating an enriched cell once it was written.</param>
    public static Problem? Refusal(AffinityField field, bool overrideEnriched)
    {
        if (AffinityValueTypes.Find(field.ValueType) is null)
        {
            var known = AffinityValueTypes.IsReadOnly(field.ValueType) ? "is read-only in Affinity's API" : "is not known to this version";
            return Problem.Of(ValueErrors.ReadOnlyType, $"Field \"{field.Name}\" ({field.Id}) has the type {field.ValueType}, which {known}.");
        }

        if (ComputedIds.Contains(field.Id))
        {
            return Problem.Of(ValueErrors.ComputedField, $"Field \"{field.Name}\" ({field.Id}) is kept by Affinity itself.");
        }

        return field.Type switch
        {
            "list" or "global" => null,
            "enriched" when overrideEnriched => null,
            "enriched" => Problem.Of(ValueErrors.EnrichedField, $"Field \"{field.Name}\" ({field.Id}) is enriched{Source(field)}."),
            _ => Problem.Of(ValueErrors.ComputedField, $"Field \"{field.Name}\" ({field.Id}) is of the kind {field.Type}, which is never written."),
        };
    }

    private static string Source(AffinityField field) => field.EnrichmentSource is null ? "" : $" by {field.EnrichmentSource}";
}
