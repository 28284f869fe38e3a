using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>A search that satisfies the schema. Its fields are names yet.</summary>
internal sealed record SearchCriteria(FilterGroup? Filters, IReadOnlyList<SearchSort> Sorts, SearchTerm? Term)
{
    /// <summary>Everything, in id order.</summary>
    public static SearchCriteria All { get; } = new(null, [], null);
}

/// <summary>One of up to five orders.</summary>
internal sealed record SearchSort(string FieldId, string? AttributeId, bool IsDescending, string Pointer);

/// <summary>A text that names, primary domains or addresses, or values of the fields contain.</summary>
internal sealed record SearchTerm(string Text, IReadOnlyList<string> FieldIds);

/// <summary>A node of the filter tree.</summary>
internal abstract record Filter;

/// <summary>Filters of which all or any must hold; without any it restricts nothing.</summary>
internal sealed record FilterGroup(bool IsAny, IReadOnlyList<Filter> Filters) : Filter;

/// <summary>A leaf. <paramref name="Pointer"/> is where it stood in the body.</summary>
internal sealed record ValueFilter(
    string FieldId, string? AttributeId, FieldValueType ValueType, FilterOperator Operator, Operand Operand, string Pointer) : Filter;
