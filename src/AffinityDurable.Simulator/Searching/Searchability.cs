using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>By what a field is filtered and sorted: its value, or for interactions their date alone.</summary>
internal static class Searchability
{
    /// <summary>The one attribute of interactions.</summary>
    public const string DateOfActivity = "date-of-activity";

    /// <summary>The attribute that filters and sorts must name, or null when they must name none.</summary>
    public static string? Attribute(this Field field) => field.ValueType == FieldValueType.Interaction ? DateOfActivity : null;

    /// <summary>The type of what is filtered and sorted.</summary>
    public static FieldValueType SearchType(this Field field) =>
        field.ValueType == FieldValueType.Interaction ? FieldValueType.Datetime : field.ValueType;

    public static bool IsFilterable(this Field field) => FilterTable.OperatorsOf(field.SearchType()).Count > 0;

    /// <summary>True for single values that have an order; which fields the real API sorts by is not documented.</summary>
    public static bool IsSortable(this Field field) => field.SearchType() is FieldValueType.Text or FieldValueType.FilterableText
        or FieldValueType.Number or FieldValueType.Datetime or FieldValueType.Dropdown or FieldValueType.RankedDropdown
        or FieldValueType.Person or FieldValueType.Company;
}
