using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Reporting;

/// <summary>Values of a field as a person would type them.</summary>
public sealed class FieldText(ResolvedField resolved, TimeZoneInfo timeZone)
{
    private readonly AffinityValueType type = resolved.ValueType();
    private readonly CoercionContext context = resolved.CoercionContext(timeZone);

    public ResolvedField Field => resolved;

    /// <summary>The text of a value; null for an empty one.</summary>
    public string? Of(FieldValue? value) => value is null ? null : type.Render(value, context);

    /// <summary>Of every field of a sync, by id.</summary>
    public static IReadOnlyDictionary<string, FieldText> OfAll(ResolvedSync sync)
    {
        ArgumentNullException.ThrowIfNull(sync);
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(sync.Definition.TimeZone);
        return sync.EveryField.ToDictionary(field => field.Field.Id, field => new FieldText(field, timeZone), StringComparer.Ordinal);
    }
}
