using System.Text.Json;

namespace AffinityDurable.Simulator.Searching;

/// <summary>What a filter asks of a value; the wire name is the name in kebab case, such as <c>is-any-of</c>.</summary>
internal enum FilterOperator
{
    IsEmpty,
    IsNotEmpty,
    IsAnyOf,
    IsNoneOf,
    HasAnyOf,
    HasAllOf,
    HasNoneOf,
    Contains,
    DoesNotContain,
    StartsWith,
    EndsWith,
    IsEqualTo,
    IsNotEqualTo,
    IsGreaterThan,
    IsGreaterThanOrEqualTo,
    IsLessThan,
    IsLessThanOrEqualTo,
    IsBetween,
    IsOn,
    IsNotOn,
    IsBefore,
    IsOnOrBefore,
    IsAfter,
    IsOnOrAfter,
    IsWithinTheLast,
    IsNotWithinTheLast,
    IsWithinTheNext,
    IsNotWithinTheNext,
    IsBetweenRelative,
    IsExactlyRelative,
    IsNotExactlyRelative,
    IsMoreThanRelative,
    IsMoreThanOrEqualToRelative,
    IsLessThanRelative,
    IsLessThanOrEqualToRelative,
}

/// <summary>How many values an operator takes, as <c>numberOfValuesRequired</c> tells.</summary>
internal enum ValuesRequired
{
    None,
    One,
    Two,
    Multi,
}

/// <summary>Wire names and traits of <see cref="FilterOperator"/>.</summary>
internal static class FilterOperators
{
    private static readonly string[] Names = [.. Enum.GetNames<FilterOperator>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    public static string WireName(this FilterOperator filterOperator) => Names[(int)filterOperator];

    public static bool TryParse(string? wireName, out FilterOperator filterOperator)
    {
        var index = Array.IndexOf(Names, wireName);
        filterOperator = (FilterOperator)Math.Max(index, 0);
        return index >= 0;
    }

    public static ValuesRequired ValuesRequired(this FilterOperator filterOperator) => filterOperator switch
    {
        FilterOperator.IsEmpty or FilterOperator.IsNotEmpty => Searching.ValuesRequired.None,
        FilterOperator.IsBetween or FilterOperator.IsBetweenRelative => Searching.ValuesRequired.Two,
        >= FilterOperator.IsAnyOf and <= FilterOperator.HasNoneOf => Searching.ValuesRequired.Multi,
        _ => Searching.ValuesRequired.One,
    };

    /// <summary>True for operators whose value is an amount of days, weeks, … counted from today.</summary>
    public static bool IsRelative(this FilterOperator filterOperator) => filterOperator >= FilterOperator.IsWithinTheLast;

    /// <summary>True for relative operators that compare with one amount of time gone by, and take it as a number.</summary>
    public static bool IsThreshold(this FilterOperator filterOperator) => filterOperator >= FilterOperator.IsExactlyRelative;

    /// <summary>The operator that this one is the denial of, or null for an operator that denies nothing.</summary>
    public static FilterOperator? Denied(this FilterOperator filterOperator) => filterOperator switch
    {
        FilterOperator.IsNoneOf => FilterOperator.IsAnyOf,
        FilterOperator.HasNoneOf => FilterOperator.HasAnyOf,
        FilterOperator.DoesNotContain => FilterOperator.Contains,
        FilterOperator.IsNotEqualTo => FilterOperator.IsEqualTo,
        FilterOperator.IsNotOn => FilterOperator.IsOn,
        FilterOperator.IsNotWithinTheLast => FilterOperator.IsWithinTheLast,
        FilterOperator.IsNotWithinTheNext => FilterOperator.IsWithinTheNext,
        FilterOperator.IsNotExactlyRelative => FilterOperator.IsExactlyRelative,
        _ => null,
    };
}
