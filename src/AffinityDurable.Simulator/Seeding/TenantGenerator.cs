using System.Globalization;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Seeding;

/// <summary>What to generate.</summary>
public sealed record GeneratorSettings
{
    /// <summary>Companies, each with one entry on the list.</summary>
    public int Companies { get; init; } = 1_000;

    /// <summary>List fields, in a fixed round of value types.</summary>
    public int Fields { get; init; } = 10;

    /// <summary>The same seed gives the same tenant, to the last value.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many of a hundred values are set.</summary>
    public int FilledPercent { get; init; } = 80;

    /// <summary>Adds the fields that every account has, without values; they come on top of <see cref="Fields"/>.</summary>
    public bool HasBuiltInFields { get; init; }

    public string ListName { get; init; } = "Portfolio";
}

/// <summary>Makes a tenant with one company list of any size.</summary>
public static class TenantGenerator
{
    private static readonly FieldValueType[] Round =
    [
        FieldValueType.Number, FieldValueType.Text, FieldValueType.Datetime, FieldValueType.Dropdown, FieldValueType.Number,
        FieldValueType.RankedDropdown, FieldValueType.Location, FieldValueType.DropdownMulti, FieldValueType.Person,
        FieldValueType.FilterableTextMulti,
    ];

    private static readonly string[] Firsts =
        ["Aurora", "Beacon", "Cobalt", "Delta", "Ember", "Fjord", "Granite", "Harbor", "Indigo", "Juniper", "Kestrel", "Lumen"];

    private static readonly string[] Seconds =
        ["Analytics", "Biotech", "Capital", "Dynamics", "Energy", "Foods", "Health", "Logistics", "Networks", "Robotics", "Systems", "Works"];

    private static readonly string[] Words = ["early", "growth", "pilot", "renewal", "board", "bridge", "scale", "pivot"];

    private static readonly Location[] Places =
    [
        new(null, "Berlin", null, "Germany", "Europe"), new("1 Market St", "San Francisco", "California", "United States", "North America"),
        new(null, "Singapore", null, "Singapore", "Asia"), new(null, "London", "England", "United Kingdom", "Europe"),
    ];

    public static Tenant Generate(GeneratorSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var tenant = new Tenant();
        if (settings.HasBuiltInFields)
        {
            tenant.AddBuiltInFields();
        }

        var dice = new Dice(settings.Seed);
        var list = tenant.AddList(settings.ListName);
        Field[] fields = [.. Enumerable.Range(0, settings.Fields).Select(index => AddField(list, index))];
        AddView(list, fields);
        Person[] people = [.. Enumerable.Range(1, 20).Select(number =>
            tenant.AddPerson("Person", number.ToString(CultureInfo.InvariantCulture), $"person{number}@example.vc"))];
        for (var number = 1; number <= settings.Companies; number++)
        {
            var name = $"{Firsts[dice.Roll(Firsts.Length)]} {Seconds[dice.Roll(Seconds.Length)]} {number}";
            var entry = list.AddEntry(tenant.AddCompany(name, $"company-{number}.example"));
            foreach (var field in fields)
            {
                if (dice.Percent(settings.FilledPercent))
                {
                    entry[field] = Value(field, people, dice);
                }
            }
        }

        return tenant;
    }

    private static Field AddField(AffinityList list, int index)
    {
        var type = Round[index % Round.Length];
        var field = list.AddField($"{type} {index + 1}", type);
        return type.HasOptions() ? field.WithOptions(list.Tenant, "Seed", "Series A", "Series B", "Growth", "Exited") : field;
    }

    /// <summary>A view of the first columns, of the rows that have a value in the first.</summary>
    private static void AddView(AffinityList list, Field[] fields)
    {
        if (fields.Length > 0)
        {
            var filled = $$"""
                {"operator":"and","filters":[{"fieldId":"{{fields[0].Id}}","valueType":"number","operator":"is-not-empty"}]}
                """;
            list.AddSavedView($"With {fields[0].Name}", filled, fields[..Math.Min(fields.Length, 5)]);
        }
    }

    private static FieldValue Value(Field field, Person[] people, Dice dice) => field.ValueType switch
    {
        FieldValueType.Number => FieldValue.Number(dice.Roll(100_000_000) / 100.0),
        FieldValueType.Text => FieldValue.Text($"{Words[dice.Roll(Words.Length)]} {dice.Roll(10_000)}"),
        FieldValueType.Datetime => FieldValue.Date(new DateOnly(2020, 1, 1).AddDays(dice.Roll(2_400))),
        FieldValueType.Dropdown or FieldValueType.RankedDropdown => FieldValue.Id(field.Options[dice.Roll(field.Options.Count)].Id),
        FieldValueType.Location => FieldValue.Place(Places[dice.Roll(Places.Length)]),
        FieldValueType.DropdownMulti => FieldValue.Ids([.. field.Options.Where(_ => dice.Percent(40)).Select(option => option.Id)]),
        FieldValueType.Person => FieldValue.Id(people[dice.Roll(people.Length)].Id),
        _ => FieldValue.Texts([.. Words.Where(_ => dice.Percent(30))]),
    };
}
