using System.Text.Json;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Simulator.Faults;

/// <summary>Makes up what a person enters into a field: legal for its type, and other than what is there.</summary>
internal sealed class OtherValue(Tenant tenant, Dice dice)
{
    private const int Attempts = 20;

    private static readonly Location[] Places =
    [
        new(null, "Lisbon", null, "Portugal", "Europe"), new("5 Rue du Port", "Lyon", null, "France", "Europe"),
        new(null, "Austin", "Texas", "United States", "North America"), new(null, "Osaka", null, "Japan", "Asia"),
    ];

    /// <summary>Another value, the empty one when the field allows no other, or null when it is empty and can be nothing else.</summary>
    public FieldValue? Than(Field field, FieldValue current)
    {
        var shown = Shown(field, current);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (Any(field) is var value && Shown(field, value) != shown)
            {
                return value;
            }
        }

        return current.IsEmpty ? null : default(FieldValue);
    }

    private static string Shown(Field field, FieldValue value) => JsonSerializer.Serialize(PlainValue.FromStored(field, value));

    private FieldValue Any(Field field) => field.ValueType switch
    {
        FieldValueType.Text or FieldValueType.FilterableText => FieldValue.Text(Words()),
        FieldValueType.FilterableTextMulti => FieldValue.Texts(Words(), Words()),
        FieldValueType.Number => FieldValue.Number(Number()),
        FieldValueType.NumberMulti => FieldValue.Numbers(Number(), Number()),
        FieldValueType.Datetime => FieldValue.Date(new DateOnly(2020, 1, 1).AddDays(dice.Roll(3_650))),
        FieldValueType.Location => FieldValue.Place(Place()),
        FieldValueType.LocationMulti => FieldValue.Places(Place()),
        FieldValueType.Dropdown or FieldValueType.RankedDropdown => Id(Option(field)),
        FieldValueType.DropdownMulti => Ids(Option(field)),
        FieldValueType.Person => Id(Living(tenant.Persons)),
        FieldValueType.PersonMulti => Ids(Living(tenant.Persons)),
        FieldValueType.Company => Id(Living(tenant.Companies)),
        FieldValueType.CompanyMulti => Ids(Living(tenant.Companies)),
        _ => default,
    };

    private string Words() => $"entered by hand {dice.Roll(1_000_000)}";

    private double Number() => dice.Roll(100_000_000) / 100.0;

    private Location Place() => Places[dice.Roll(Places.Length)];

    private long? Option(Field field) => Pick(field.Options)?.Id;

    /// <summary>One that was not merged away, when the dice come upon one.</summary>
    private long? Living(IReadOnlyList<Entity> entities) => Pick(entities)?.Survivor.Id;

    private T? Pick<T>(IReadOnlyList<T> items)
        where T : class => items.Count == 0 ? null : items[dice.Roll(items.Count)];

    private static FieldValue Id(long? id) => id is { } known ? FieldValue.Id(known) : default;

    private static FieldValue Ids(long? id) => id is { } known ? FieldValue.Ids(known) : default;
}
