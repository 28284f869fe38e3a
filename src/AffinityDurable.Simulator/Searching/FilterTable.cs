using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>
/// Which operators a value type is filtered with: the one table behind the search and behind <c>includes=filterability</c>. Types without
/// operators cannot be filtered. Filters say <c>date</c> where fields say <c>datetime</c>.
/// </summary>
internal static class FilterTable
{
    private const string Date = "date";

    private static readonly FilterOperator[] Presence = [FilterOperator.IsEmpty, FilterOperator.IsNotEmpty];

    private static readonly FilterOperator[] OfOneValue = [FilterOperator.IsAnyOf, FilterOperator.IsNoneOf, .. Presence];

    private static readonly FilterOperator[] OfSeveralValues =
        [FilterOperator.HasAnyOf, FilterOperator.HasAllOf, FilterOperator.HasNoneOf, .. Presence];

    private static readonly FilterOperator[] OfText =
        [FilterOperator.Contains, FilterOperator.DoesNotContain, FilterOperator.StartsWith, FilterOperator.EndsWith, .. Presence];

    private static readonly FilterOperator[] OfNumber =
    [
        FilterOperator.IsEqualTo, FilterOperator.IsNotEqualTo, FilterOperator.IsGreaterThan, FilterOperator.IsGreaterThanOrEqualTo,
        FilterOperator.IsLessThan, FilterOperator.IsLessThanOrEqualTo, FilterOperator.IsBetween, .. Presence,
    ];

    private static readonly FilterOperator[] OfDate =
    [
        FilterOperator.IsOn, FilterOperator.IsNotOn, FilterOperator.IsBefore, FilterOperator.IsOnOrBefore, FilterOperator.IsAfter,
        FilterOperator.IsOnOrAfter, FilterOperator.IsBetween, FilterOperator.IsWithinTheLast, FilterOperator.IsNotWithinTheLast,
        FilterOperator.IsWithinTheNext, FilterOperator.IsNotWithinTheNext, FilterOperator.IsBetweenRelative,
        FilterOperator.IsExactlyRelative, FilterOperator.IsNotExactlyRelative, FilterOperator.IsMoreThanRelative,
        FilterOperator.IsMoreThanOrEqualToRelative, FilterOperator.IsLessThanRelative, FilterOperator.IsLessThanOrEqualToRelative,
        .. Presence,
    ];

    public static IReadOnlyList<FilterOperator> OperatorsOf(FieldValueType type) => type switch
    {
        FieldValueType.Text => OfText,
        FieldValueType.Number => OfNumber,
        FieldValueType.Datetime => OfDate,
        FieldValueType.FilterableText or FieldValueType.Dropdown or FieldValueType.RankedDropdown or FieldValueType.Location
            or FieldValueType.Person or FieldValueType.Company => OfOneValue,
        FieldValueType.FilterableTextMulti or FieldValueType.DropdownMulti or FieldValueType.LocationMulti or FieldValueType.PersonMulti
            or FieldValueType.CompanyMulti or FieldValueType.ListMulti => OfSeveralValues,
        _ => [],
    };

    /// <summary>True where the schema of the filter knows <c>attributeId</c>.</summary>
    public static bool TakesAttribute(FieldValueType type) => type is FieldValueType.Text or FieldValueType.Number
        or FieldValueType.Datetime or FieldValueType.Person or FieldValueType.PersonMulti or FieldValueType.Company or FieldValueType.CompanyMulti;

    /// <summary>The <c>valueType</c> a filter names.</summary>
    public static string FilterName(this FieldValueType type) => type == FieldValueType.Datetime ? Date : type.WireName();

    public static bool TryParse(string? filterName, out FieldValueType type)
    {
        type = Array.Find(Enum.GetValues<FieldValueType>(), each => each.FilterName() == filterName);
        return type.FilterName() == filterName && OperatorsOf(type).Count > 0;
    }
}
