using System.Text.Json;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>Reads a filter tree: groups of up to fifty filters, which are groups again or leaves.</summary>
internal sealed class FilterReader(ElementReader elements, ApiVersion version)
{
    private const int MostFilters = 50;

    private static readonly string[] Operators = ["and", "or"];

    private readonly OperandReader _operands = new(elements, version);

    public FilterGroup ReadGroup(JsonElement json, string pointer)
    {
        if (!elements.IsObject(json, pointer, ["operator", "filters"]))
        {
            return new FilterGroup(IsAny: false, []);
        }

        var filterOperator = elements.OneOf(json.GetProperty("operator"), $"{pointer}/operator", Operators);
        var filters = elements.Items(json.GetProperty("filters"), $"{pointer}/filters", 0, MostFilters, ReadFilter);
        return new FilterGroup(filterOperator == Operators[1], filters ?? []);
    }

    private Filter? ReadFilter(JsonElement json, string pointer) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("filters", out _)
            ? ReadGroup(json, pointer)
            : ReadLeaf(json, pointer);

    private ValueFilter? ReadLeaf(JsonElement json, string pointer)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            elements.Errors.NotOf(pointer, "an object");
            return null;
        }

        if (!HasKnownOperator(json, out var type, out var filterOperator))
        {
            ReportUnknown(json, pointer);
            return null;
        }

        var takesValue = filterOperator.ValuesRequired() != ValuesRequired.None;
        string[] required = ["valueType", "fieldId", "operator", .. takesValue ? (string[])["value"] : []];
        if (!elements.IsObject(json, pointer, required, FilterTable.TakesAttribute(type) ? ["attributeId"] : []))
        {
            return null;
        }

        var fieldId = elements.Text(json.GetProperty("fieldId"), $"{pointer}/fieldId");
        var attributeId = FilterTable.TakesAttribute(type) && json.TryGetProperty("attributeId", out var attribute)
            ? elements.Text(attribute, $"{pointer}/attributeId")
            : null;
        var operand = takesValue ? _operands.Read(type, filterOperator, json.GetProperty("value"), $"{pointer}/value") : new NoOperand();
        return new ValueFilter(fieldId!, attributeId, type, filterOperator, operand!, pointer);
    }

    private static bool HasKnownOperator(JsonElement json, out FieldValueType type, out FilterOperator filterOperator)
    {
        filterOperator = default;
        return FilterTable.TryParse(TextOf(json, "valueType"), out type)
            && FilterOperators.TryParse(TextOf(json, "operator"), out filterOperator)
            && FilterTable.OperatorsOf(type).Contains(filterOperator);
    }

    /// <summary>Value type and operator select the schema of a leaf; without one that fits there is nothing else to say of it.</summary>
    private void ReportUnknown(JsonElement json, string pointer)
    {
        string[] missing = Array.FindAll(["valueType", "fieldId", "operator"], name => !json.TryGetProperty(name, out _));
        if (missing.Length > 0)
        {
            elements.Errors.Missing(pointer, missing);
        }
        else
        {
            elements.Errors.NoUnionMember(pointer);
        }
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
