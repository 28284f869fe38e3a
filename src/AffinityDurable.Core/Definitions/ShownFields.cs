using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Definitions;

/// <summary>The mapped fields of a sync by id, and their values as a person would type them.</summary>
internal sealed class ShownFields(ResolvedSync sync)
{
    private readonly Dictionary<string, ShownField> fields = sync.Fields.ToDictionary(
        field => field.Field.Id,
        field => new ShownField(field, TimeZoneInfo.FindSystemTimeZoneById(sync.Definition.TimeZone)),
        StringComparer.Ordinal);

    public string NameOf(string fieldId) => fields[fieldId].Name;

    public AffinityValueType TypeOf(string fieldId) => fields[fieldId].Type;

    public string Render(string fieldId, FieldValue? value) => fields[fieldId].Render(value);

    /// <summary>For a sentence: in quotes, and an empty value as <c>nothing</c>.</summary>
    public string Quote(string fieldId, FieldValue? value) => value is null ? "nothing" : $"'{Render(fieldId, value)}'";

    private sealed class ShownField(ResolvedField resolved, TimeZoneInfo timeZone)
    {
        private readonly CoercionContext context = resolved.CoercionContext(timeZone);

        public string Name => resolved.Field.Name;

        public AffinityValueType Type { get; } = resolved.ValueType();

        public string Render(FieldValue? value) => Type.Render(value, context);
    }
}
