using AffinityDurable.Simulator.Model;
using Microsoft.OpenApi;
using static AffinityDurable.Simulator.OpenApi.Shape;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>The schemas that several endpoints share.</summary>
internal static partial class Shapes
{
    public static OpenApiSchemaReference Errors => Component("Errors", Object(("errors", new OpenApiSchema
    {
        Type = JsonSchemaType.Array,
        MinItems = 1,
        Items = Union(
            Object(("code", OneOf(ErrorCodes.Where(code => code != "validation"))), ("message", Text)),
            Object(("code", Const("validation")), ("message", Text), ("param", Text))),
    })));

    public static OpenApiSchemaReference Pagination => Component("Pagination", Object(("nextUrl", OrNull(Url)), ("prevUrl", OrNull(Url))));

    public static OpenApiSchemaReference CountedPagination =>
        Component("CountedPagination", Object(("nextUrl", OrNull(Url)), ("prevUrl", OrNull(Url)), ("totalCount?", Count)));

    public static OpenApiSchema FieldType => OneOf(Enum.GetValues<FieldType>().Select(type => type.WireName()));

    public static OpenApiSchema EntityFieldType =>
        OneOf(Enum.GetValues<FieldType>().Where(type => type != Model.FieldType.List).Select(type => type.WireName()));

    public static OpenApiSchema ValueType => OneOf(Enum.GetValues<FieldValueType>().Select(type => type.WireName()));

    public static OpenApiSchema EnrichmentSource => new()
    {
        Type = JsonSchemaType.String | JsonSchemaType.Null,
        Enum = ["affinity-data", "dealroom", "eventbrite", "mailchimp", null!],
    };

    /// <summary>A page of a collection that counts all of its items when asked to.</summary>
    public static OpenApiSchema CountedPageOf(IOpenApiSchema item) => Object(("data", Array(item)), ("pagination", CountedPagination));

    private static IEnumerable<string> ErrorCodes =>
    [
        "bad-request", "validation", "authentication", "authorization", "not-found", "method-not-allowed", "not-acceptable", "conflict",
        "unsupported-media-type", "unprocessable-entity", "rate-limit", "server", "not-implemented", "timeout",
    ];
}
