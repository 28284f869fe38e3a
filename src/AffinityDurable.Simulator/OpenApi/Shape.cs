using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Validation;
using Microsoft.OpenApi;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>The short way to say the JSON Schema of an answer or a body.</summary>
internal static class Shape
{
    private static readonly ConcurrentDictionary<string, OpenApiSchema> Definitions = new(StringComparer.Ordinal);

    /// <summary>The schemas with a name that were used so far.</summary>
    public static IReadOnlyDictionary<string, OpenApiSchema> Named => Definitions;

    public static OpenApiSchema Text => new() { Type = JsonSchemaType.String };

    public static OpenApiSchema Flag => new() { Type = JsonSchemaType.Boolean };

    public static OpenApiSchema Number => new() { Type = JsonSchemaType.Number };

    public static OpenApiSchema Count => new() { Type = JsonSchemaType.Integer, Minimum = "0" };

    public static OpenApiSchema Instant => new() { Type = JsonSchemaType.String, Format = "date-time" };

    public static OpenApiSchema Url => new() { Type = JsonSchemaType.String, Format = "uri" };

    public static OpenApiSchema Null => new() { Type = JsonSchemaType.Null };

    /// <summary>Anything at all.</summary>
    public static OpenApiSchema Any => new();

    /// <summary>1 to 2^53 - 1.</summary>
    public static OpenApiSchema Id => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Minimum = "1",
        Maximum = ScalarReader.LargestId.ToString(CultureInfo.InvariantCulture),
    };

    public static OpenApiSchema Limit(int byDefault, int most = 100) => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = "1",
        Maximum = most.ToString(CultureInfo.InvariantCulture),
        Default = byDefault,
    };

    public static OpenApiSchema Const(string value) => new() { Type = JsonSchemaType.String, Const = value };

    public static OpenApiSchema OneOf(params IEnumerable<string> values) =>
        new() { Type = JsonSchemaType.String, Enum = [.. values.Select(value => (JsonNode)JsonValue.Create(value))] };

    public static OpenApiSchema Array(IOpenApiSchema items, int? most = null) => new() { Type = JsonSchemaType.Array, Items = items, MaxItems = most };

    /// <summary>The same, or null.</summary>
    public static OpenApiSchema OrNull(OpenApiSchema schema)
    {
        schema.Type |= JsonSchemaType.Null;
        return schema;
    }

    /// <inheritdoc cref="OrNull(OpenApiSchema)"/>
    public static OpenApiSchema OrNull(OpenApiSchemaReference schema) => Union(schema, Null);

    /// <summary>Exactly one of these.</summary>
    public static OpenApiSchema Union(params IEnumerable<IOpenApiSchema> schemas) => new() { OneOf = [.. schemas] };

    /// <summary>An object of these properties and no other. A name that ends with a question mark may be absent.</summary>
    public static OpenApiSchema Object(params (string Name, IOpenApiSchema Schema)[] properties)
    {
        var schema = OpenObject(properties);
        schema.AdditionalPropertiesAllowed = false;
        return schema;
    }

    /// <summary>As <see cref="Object"/>, with room for properties that nobody looks at.</summary>
    public static OpenApiSchema OpenObject(params (string Name, IOpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = properties.ToDictionary(property => property.Name.TrimEnd('?'), property => property.Schema),
        Required = properties.Where(property => !property.Name.EndsWith('?')).Select(property => property.Name).ToHashSet(),
    };

    /// <summary>Puts a schema among the components of the document, and refers to it.</summary>
    public static OpenApiSchemaReference Component(string name, OpenApiSchema definition)
    {
        Definitions[name] = definition;
        return new OpenApiSchemaReference(name);
    }

    /// <summary>A page of a collection.</summary>
    public static OpenApiSchema PageOf(IOpenApiSchema item) => Object(("data", Array(item)), ("pagination", Shapes.Pagination));
}
