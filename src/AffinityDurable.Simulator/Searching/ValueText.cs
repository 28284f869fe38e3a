using System.Globalization;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Searching;

/// <summary>What a term is looked for in: the texts of a value, and those an entity is known by.</summary>
internal sealed class ValueText(References references)
{
    /// <summary>Name and primary domain, or names and primary address. Further domains and addresses do not count.</summary>
    public static IEnumerable<string?> Identity(Entity entity) => entity switch
    {
        Company company => [company.Name, company.PrimaryDomain],
        Person person => [person.FirstName, person.LastName, FullName(person), person.PrimaryEmailAddress],
        Opportunity opportunity => [opportunity.Name],
        _ => [],
    };

    public static string FullName(Person person) => person.LastName is null ? person.FirstName : $"{person.FirstName} {person.LastName}";

    /// <summary>The texts of a value; dates and read-only values have none.</summary>
    public IEnumerable<string?> Of(Field field, FieldValue value) => value.IsEmpty ? [] : field.ValueType switch
    {
        FieldValueType.Text or FieldValueType.FilterableText => [value.AsText],
        FieldValueType.FilterableTextMulti => value.AsTexts,
        FieldValueType.Number => [NumberText(value.AsNumber)],
        FieldValueType.NumberMulti => value.AsNumbers.Select(NumberText),
        FieldValueType.Location => PlaceTexts(value.AsLocation),
        FieldValueType.LocationMulti => value.AsLocations.SelectMany(PlaceTexts),
        FieldValueType.Dropdown or FieldValueType.RankedDropdown or FieldValueType.DropdownMulti =>
            references.Ids(field.ValueType, value).Select(id => field.FindOption(id)?.Text),
        FieldValueType.Person or FieldValueType.PersonMulti or FieldValueType.Company or FieldValueType.CompanyMulti =>
            references.Ids(field.ValueType, value)
                .Select(id => references.Find(field.ValueType, id)).OfType<Entity>().SelectMany(Identity),
        _ => [],
    };

    private static string NumberText(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string?[] PlaceTexts(Location place) => [place.StreetAddress, place.City, place.State, place.Country, place.Continent];
}
