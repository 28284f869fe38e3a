using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Reporting;

/// <summary>The fields of a sync by id, and their values as a person would type them.</summary>
internal sealed class ShownFields(ResolvedSync sync)
{
    private readonly IReadOnlyDictionary<string, FieldText> fields = FieldText.OfAll(sync);

    public string NameOf(string fieldId) => fields[fieldId].Field.Field.Name;

    public AffinityValueType TypeOf(string fieldId) => fields[fieldId].Type;

    public string Render(string fieldId, FieldValue? value) => fields[fieldId].Of(value) ?? "";

    /// <summary>For a sentence: in quotes, and an empty value as <c>nothing</c>.</summary>
    public string Quote(string fieldId, FieldValue? value) => value is null ? "nothing" : $"'{Render(fieldId, value)}'";
}
