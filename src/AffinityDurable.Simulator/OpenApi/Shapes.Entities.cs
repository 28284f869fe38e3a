using Microsoft.OpenApi;
using static AffinityDurable.Simulator.OpenApi.Shape;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>Companies, persons and opportunities, in full and as references.</summary>
internal static partial class Shapes
{
    public static OpenApiSchemaReference Company => Component("Company", Object([.. CompanyProperties, ("fields?", Array(Field))]));

    public static OpenApiSchemaReference Person => Component("Person", Object([.. PersonProperties, ("fields?", Array(Field))]));

    public static OpenApiSchemaReference Opportunity =>
        Component("Opportunity", Object(("id", Id), ("name", Text), ("listId", Id), ("fields?", Array(Field))));

    public static OpenApiSchemaReference CompanyReference =>
        Component("CompanyReference", Object(("id", Id), ("name", OrNull(Text)), ("domain", OrNull(Text))));

    public static OpenApiSchemaReference PersonReference => Component("PersonReference", Object(
        ("id", Id), ("firstName", OrNull(Text)), ("lastName", OrNull(Text)), ("primaryEmailAddress", OrNull(Text)),
        ("type", OneOf("internal", "external", "collaborator"))));

    /// <summary>A company as the older API shows it.</summary>
    public static OpenApiSchemaReference Organization => Component("Organization", Object(
        ("id", Id), ("name", Text), ("domain", OrNull(Text)), ("domains", Array(Text)), ("global", Flag)));

    private static (string, IOpenApiSchema)[] CompanyProperties =>
        [("id", Id), ("name", Text), ("domain", OrNull(Text)), ("domains", Array(Text)), ("isGlobal", Flag)];

    private static (string, IOpenApiSchema)[] PersonProperties =>
    [
        ("id", Id), ("firstName", Text), ("lastName", OrNull(Text)), ("primaryEmailAddress", OrNull(Text)), ("emailAddresses", Array(Text)),
        ("type", OneOf("internal", "external")),
    ];
}
