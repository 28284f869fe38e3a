using Microsoft.OpenApi;
using static AffinityDurable.Simulator.OpenApi.Shape;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>Values as they are written. A read value is no update: what it shows beyond ids is refused.</summary>
internal static partial class Shapes
{
    private const int MostItems = 100;

    public static OpenApiSchemaReference FieldValueUpdate => Component("FieldValueUpdate", Union(
        Value("text", OrNull(Text)),
        Value("filterable-text", OrNull(Text)),
        Value("filterable-text-multi", OrNull(Array(Text, MostItems))),
        Value("number", OrNull(Number)),
        Value("number-multi", OrNull(Array(Number, MostItems))),
        Value("datetime", OrNull(Instant)),
        Value("location", OrNull(Location)),
        Value("location-multi", OrNull(Array(Location, MostItems))),
        OpenObject(("type", Const("dropdown")), ("data", OrNull(OptionUpdate))),
        OpenObject(("type", Const("ranked-dropdown")), ("data", OrNull(OptionUpdate))),
        Value("dropdown-multi", OrNull(Array(OptionUpdate))),
        Value("person", OrNull(Reference)),
        Value("person-multi", OrNull(Array(Reference, MostItems))),
        Value("company", OrNull(Reference)),
        Value("company-multi", OrNull(Array(Reference, MostItems)))));

    public static OpenApiSchemaReference SingleUpdate => Component("SingleUpdate", Object(("value", FieldValueUpdate)));

    /// <summary>Updates of a list entry: an item need not have a value, though nobody says what that does.</summary>
    public static OpenApiSchemaReference EntryUpdates =>
        Component("EntryUpdates", Updates(OpenObject(("id", Text), ("value?", FieldValueUpdate))));

    /// <summary>Updates of a company or person.</summary>
    public static OpenApiSchemaReference EntityUpdates =>
        Component("EntityUpdates", Updates(OpenObject(("id", Text), ("value", FieldValueUpdate))));

    public static OpenApiSchemaReference UpdatesDone => Component("UpdatesDone", Object(("operation", Const("update-fields"))));

    private static OpenApiSchemaReference OptionUpdate => Component("OptionUpdate", Object(("dropdownOptionId", Id)));

    private static OpenApiSchemaReference Reference => Component("Reference", Object(("id", Id)));

    private static OpenApiSchema Updates(OpenApiSchema update) =>
        OpenObject(("operation", Const("update-fields")), ("updates", Array(update, MostItems)));
}
