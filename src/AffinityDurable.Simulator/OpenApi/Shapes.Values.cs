using Microsoft.OpenApi;
using static AffinityDurable.Simulator.OpenApi.Shape;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>Values as they are read, each wrapped with its field.</summary>
internal static partial class Shapes
{
    public static OpenApiSchemaReference Field => Component("Field", Object(
        ("id", Text), ("name", Text), ("type", FieldType), ("enrichmentSource", EnrichmentSource), ("value", FieldValue)));

    public static OpenApiSchemaReference FieldValue => Component("FieldValue", Union(
        Value("text", OrNull(Text)),
        Value("filterable-text", OrNull(Text)),
        MultiValue("filterable-text-multi", Text),
        Value("number", OrNull(Number)),
        MultiValue("number-multi", Number),
        Value("datetime", OrNull(Instant)),
        Value("location", OrNull(Location)),
        MultiValue("location-multi", Location),
        Value("dropdown", OrNull(DropdownValue)),
        Value("ranked-dropdown", OrNull(RankedDropdownValue)),
        MultiValue("dropdown-multi", DropdownValue),
        Value("person", OrNull(PersonReference)),
        MultiValue("person-multi", PersonReference),
        Value("company", OrNull(CompanyReference)),
        MultiValue("company-multi", CompanyReference),
        Value("formula-number", OrNull(Object(("calculatedValue", OrNull(Number))))),
        Object(("type", Const("interaction")), ("data", OrNull(OpenObject())), ("internalPerson?", Any)),
        Object(("type", Const("list-multi")), ("data", OrNull(Array(OpenObject()))), ("totalCount", Count)),
        Value("note", OrNull(OpenObject())),
        Value("reminder", OrNull(OpenObject())),
        Value("hidden", Null)));

    /// <summary>The items of a multi-value, whatever their type.</summary>
    public static OpenApiSchema ValueItem => Union(Text, Number, Location, DropdownValue, PersonReference, CompanyReference);

    public static OpenApiSchemaReference Location => Component("Location", Object(
        ("streetAddress", OrNull(Text)), ("city", OrNull(Text)), ("state", OrNull(Text)), ("country", OrNull(Text)), ("continent", OrNull(Text))));

    private static OpenApiSchemaReference DropdownValue =>
        Component("DropdownValue", Object(("dropdownOptionId", Id), ("text", OrNull(Text))));

    private static OpenApiSchemaReference RankedDropdownValue => Component("RankedDropdownValue", Object(
        ("dropdownOptionId", Id), ("text", OrNull(Text)), ("rank", Count), ("color", Color)));

    private static OpenApiSchema Value(string type, IOpenApiSchema data) => Object(("type", Const(type)), ("data", data));

    private static OpenApiSchema MultiValue(string type, IOpenApiSchema item)
    {
        var items = new OpenApiSchema { Type = JsonSchemaType.Array | JsonSchemaType.Null, Items = item, MinItems = 1, MaxItems = 100 };
        return Object(("type", Const(type)), ("data", items), ("totalCount", Count));
    }
}
