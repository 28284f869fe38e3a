using Microsoft.OpenApi;
using static AffinityDurable.Simulator.OpenApi.Shape;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>Lists, their fields and options, and their entries.</summary>
internal static partial class Shapes
{
    public static OpenApiSchema ListType => OneOf("company", "opportunity", "person");

    public static OpenApiSchemaReference List => Component("List", Object(
        ("id", Id), ("name", Text), ("type", ListType), ("creatorId", Id), ("ownerId", Id), ("isPublic", Flag), ("createdAt", Instant)));

    public static OpenApiSchemaReference FieldMetadata => Component("FieldMetadata", Object(
        ("id", Text), ("name", Text), ("description", OrNull(Text)), ("type", FieldType), ("enrichmentSource", EnrichmentSource),
        ("valueType", ValueType), ("isRequired", Flag), ("createdAt", OrNull(Instant)),
        ("filterability?", OrNull(Filterability)), ("sortability?", OrNull(Sortability))));

    public static OpenApiSchemaReference DropdownOption => Component("DropdownOption", Union(
        Object(("id", Id), ("text", Text), ("type", Const("dropdown"))),
        Object(("id", Id), ("text", Text), ("type", Const("ranked-dropdown")), ("rank", Count), ("color", Color)),
        Object(
            ("id", Id), ("text", Text), ("type", Const("status-dropdown")), ("rank", Count), ("color", Color),
            ("statusCategory", StatusCategory), ("winRate", OrNull(Percent)))));

    public static OpenApiSchemaReference ListEntry => Component("ListEntry", Union(
        Entry("company", Company), Entry("person", Person), Entry("opportunity", Opportunity)));

    /// <summary>An entry as it is shown below its company or person: no entity, all fields at the top.</summary>
    public static OpenApiSchemaReference EntityListEntry => Component("EntityListEntry", Object(
        ("id", Id), ("listId", Id), ("listName", Text), ("createdAt", Instant), ("creatorId", OrNull(Id)), ("fields", Array(Field))));

    public static OpenApiSchema NewListEntry => Object(("entity", Object(("id", Id))), ("creatorId?", Id));

    public static OpenApiSchemaReference NewDropdownOption => Component("NewDropdownOption", Union(
        Object(("type", Const("dropdown")), ("text", OptionText)),
        Object(("type", Const("ranked-dropdown")), ("text", OptionText), ("rank", Rank), ("color", ColorName)),
        Object(
            ("type", Const("status-dropdown")), ("text", OptionText), ("rank?", Rank), ("color?", ColorName),
            ("statusCategory", StatusCategory), ("winRate?", OrNull(Percent)))));

    /// <summary>Any of the parts that options of the field have.</summary>
    public static OpenApiSchemaReference DropdownOptionUpdate => Component("DropdownOptionUpdate", Object(
        ("text?", OptionText), ("rank?", Rank), ("color?", ColorName), ("statusCategory?", StatusCategory), ("winRate?", OrNull(Percent))));

    /// <summary>A 32-bit integer of 0 or more.</summary>
    public static OpenApiSchema Rank => new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0", Maximum = "2147483647" };

    public static OpenApiSchema StatusCategory => OneOf("open", "won", "lost", "on-hold");

    public static OpenApiSchema Percent => new() { Type = JsonSchemaType.Integer, Minimum = "0", Maximum = "100" };

    public static OpenApiSchema OptionText => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 };

    public static OpenApiSchema ColorName => OneOf("white", "gray", "blue", "green", "purple", "orange", "red");

    private static OpenApiSchema Color
    {
        get
        {
            var color = OrNull(ColorName);
            color.Enum!.Add(null!);
            return color;
        }
    }

    private static OpenApiSchema Entry(string type, IOpenApiSchema entity) => Object(
        ("id", Id), ("type", Const(type)), ("listId", Id), ("createdAt", Instant), ("creatorId", OrNull(Id)), ("entity", entity));
}
