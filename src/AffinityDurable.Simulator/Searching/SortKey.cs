using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>What a value is sorted by. A kind of value uses one of the three parts and leaves the others at their default.</summary>
internal readonly record struct SortKey(bool IsEmpty, long Whole, double Number, string? Text)
{
    public static SortKey Of(Field field, FieldValue value, References references) => value.IsEmpty ? Empty : field.SearchType() switch
    {
        FieldValueType.Number => new(false, 0, value.AsNumber, null),
        FieldValueType.Datetime => new(false, value.AsInstant.Ticks, 0, null),
        FieldValueType.RankedDropdown => field.FindOption(value.AsId) is { } option ? new(false, option.Rank, 0, null) : Empty,
        FieldValueType.Dropdown => OfText(field.FindOption(value.AsId)?.Text),
        FieldValueType.Person or FieldValueType.Company => OfText(Name(references.Find(field.ValueType, value.AsId))),
        _ => OfText(value.AsText),
    };

    /// <summary>Compares in the asked direction; no value comes last in both.</summary>
    public static int Compare(in SortKey one, in SortKey other, bool isDescending)
    {
        if (one.IsEmpty || other.IsEmpty)
        {
            return one.IsEmpty.CompareTo(other.IsEmpty);
        }

        var order = one.Whole.CompareTo(other.Whole);
        order = order != 0 ? order : one.Number.CompareTo(other.Number);
        order = order != 0 ? order : string.Compare(one.Text, other.Text, StringComparison.OrdinalIgnoreCase);
        return isDescending ? -order : order;
    }

    private static SortKey Empty => new(true, 0, 0, null);

    private static SortKey OfText(string? text) => text is null ? Empty : new(false, 0, 0, text);

    private static string? Name(Entity? entity) => entity switch
    {
        Company company => company.Name,
        Person person => ValueText.FullName(person),
        _ => null,
    };
}
