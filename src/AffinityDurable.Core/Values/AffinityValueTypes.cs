using System.Collections.Frozen;

namespace AffinityDurable.Core.Values;

/// <summary>The value types that can be written (API version 2026-09-17). Any other is read as opaque and never written.</summary>
public static class AffinityValueTypes
{
    /// <summary>Most items of a set in one write; <c>dropdown-multi</c> has no limit.</summary>
    private const int MostItems = 100;

    private static readonly AffinityValueType FilterableText = new TextValueType("filterable-text");
    private static readonly AffinityValueType Number = new NumberValueType();
    private static readonly AffinityValueType Location = new LocationValueType();
    private static readonly AffinityValueType Dropdown = new DropdownValueType("dropdown");
    private static readonly AffinityValueType Person = new ReferenceValueType("person");
    private static readonly AffinityValueType Company = new ReferenceValueType("company");

    /// <summary>All writable types.</summary>
    public static IReadOnlyList<AffinityValueType> All { get; } =
    [
        new TextValueType("text"),
        FilterableText,
        new SetValueType("filterable-text-multi", FilterableText, MostItems),
        Number,
        new SetValueType("number-multi", Number, MostItems),
        new DateValueType(),
        Location,
        new SetValueType("location-multi", Location, MostItems),
        Dropdown,
        new DropdownValueType("ranked-dropdown"),
        new SetValueType("dropdown-multi", Dropdown, mostItems: null),
        Person,
        new SetValueType("person-multi", Person, MostItems),
        Company,
        new SetValueType("company-multi", Company, MostItems),
    ];

    private static readonly FrozenDictionary<string, AffinityValueType> ByName = All.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    private static readonly FrozenSet<string> ReadOnlyNames = FrozenSet.Create("formula-number", "interaction", "list-multi", "note", "reminder");

    /// <summary>The writable type of this name; null for read-only and unknown ones.</summary>
    public static AffinityValueType? Find(string valueType) => ByName.GetValueOrDefault(valueType);

    /// <summary>Whether Affinity knows the type but takes no writes of it.</summary>
    public static bool IsReadOnly(string valueType) => ReadOnlyNames.Contains(valueType);
}
