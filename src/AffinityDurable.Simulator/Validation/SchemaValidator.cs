using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.OpenApi;
using Microsoft.OpenApi;

namespace AffinityDurable.Simulator.Validation;

/// <summary>
/// Holds a body to its schema in the OpenAPI document, and names every violation. For bodies that come seldom; updates of fields, the hot
/// path, have readers of their own.
/// </summary>
internal sealed class SchemaValidator
{
    private readonly SchemaErrors _errors = new();

    /// <exception cref="ApiException">400 with every violation.</exception>
    public static void Check(JsonElement body, IOpenApiSchema schema)
    {
        var validator = new SchemaValidator();
        validator.Visit(body, schema, "");
        validator._errors.ThrowIfAny();
    }

    private void Visit(JsonElement value, IOpenApiSchema schema, string pointer)
    {
        var known = schema is OpenApiSchemaReference reference ? Shape.Named[reference.Reference.Id!] : (OpenApiSchema)schema;
        if (known.OneOf is { Count: > 0 } members)
        {
            VisitMember(value, members, pointer);
        }
        else if (known.Type is { } type && !IsOf(value, type))
        {
            _errors.NotOf(pointer, NameOf(type));
        }
        else
        {
            VisitContent(value, known, pointer);
        }
    }

    private void VisitContent(JsonElement value, OpenApiSchema schema, string pointer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                VisitObject(value, schema, pointer);
                break;
            case JsonValueKind.Array:
                VisitArray(value, schema, pointer);
                break;
            case JsonValueKind.String:
                VisitText(value.GetString()!, schema, pointer);
                break;
            case JsonValueKind.Number:
                VisitNumber(value, schema, pointer);
                break;
        }
    }

    /// <summary>The member whose constant <c>type</c> the value has; a union with null takes null.</summary>
    private void VisitMember(JsonElement value, IList<IOpenApiSchema> members, string pointer)
    {
        if (value.ValueKind == JsonValueKind.Null && members.OfType<OpenApiSchema>().Any(member => member.Type == JsonSchemaType.Null))
        {
            return;
        }

        var candidates = members.Where(member => member is not OpenApiSchema { Type: JsonSchemaType.Null }).ToList();
        if (candidates is [var only])
        {
            Visit(value, only, pointer);
            return;
        }

        var type = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String
            ? named.GetString()
            : null;
        if (candidates.FirstOrDefault(member => PropertyOf(member, "type") is { Const: { } known } && known == type) is { } chosen)
        {
            Visit(value, chosen, pointer);
        }
        else
        {
            _errors.NoUnionMember(pointer);
        }
    }

    private void VisitObject(JsonElement value, OpenApiSchema schema, string pointer)
    {
        var missing = (schema.Required ?? new HashSet<string>()).Where(name => !value.TryGetProperty(name, out _)).ToList();
        if (missing.Count > 0)
        {
            _errors.Missing(pointer, missing);
        }

        foreach (var property in value.EnumerateObject())
        {
            if (PropertyOf(schema, property.Name) is { } known)
            {
                Visit(property.Value, known, $"{pointer}/{property.Name}");
            }
            else if (!schema.AdditionalPropertiesAllowed)
            {
                _errors.Disallowed($"{pointer}/{property.Name}");
            }
        }
    }

    private void VisitArray(JsonElement value, OpenApiSchema schema, string pointer)
    {
        var count = value.GetArrayLength();
        if (count > schema.MaxItems)
        {
            _errors.TooManyItems(pointer, schema.MaxItems.Value);
        }

        if (count < schema.MinItems)
        {
            _errors.TooFewItems(pointer, schema.MinItems.Value);
        }

        if (schema.Items is { } items)
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                Visit(item, items, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}"));
            }
        }
    }

    private void VisitText(string text, OpenApiSchema schema, string pointer)
    {
        // JSON Schema counts characters, not the UTF-16 units of .NET.
        var length = text.EnumerateRunes().Count();
        if (length < schema.MinLength)
        {
            _errors.TooShort(pointer, schema.MinLength.Value);
        }

        if (length > schema.MaxLength)
        {
            _errors.TooLong(pointer, schema.MaxLength.Value);
        }

        if (schema.Const is { } expected && text != expected)
        {
            _errors.NotConst(pointer, expected);
        }

        if (schema.Enum is { Count: > 0 } choices && !choices.OfType<JsonValue>().Any(choice => choice.GetValue<string>() == text))
        {
            _errors.NotOneOf(pointer, choices.Select(choice => choice?.GetValue<string>()));
        }

        if (schema.Format == "date-time" && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            _errors.NotFormat(pointer, schema.Format);
        }
    }

    private void VisitNumber(JsonElement value, OpenApiSchema schema, string pointer)
    {
        var number = value.GetDouble();
        if (Bound(schema.Minimum) is { } least && number < least)
        {
            _errors.TooSmall(pointer, (long)least);
        }

        if (Bound(schema.Maximum) is { } most && number > most)
        {
            _errors.TooLarge(pointer, (long)most);
        }
    }

    private static IOpenApiSchema? PropertyOf(IOpenApiSchema schema, string name) =>
        schema.Properties is { } properties && properties.TryGetValue(name, out var property) ? property : null;

    private static double? Bound(string? text) => text is null ? null : double.Parse(text, CultureInfo.InvariantCulture);

    private static bool IsOf(JsonElement value, JsonSchemaType type) => value.ValueKind switch
    {
        JsonValueKind.Object => type.HasFlag(JsonSchemaType.Object),
        JsonValueKind.Array => type.HasFlag(JsonSchemaType.Array),
        JsonValueKind.String => type.HasFlag(JsonSchemaType.String),
        JsonValueKind.True or JsonValueKind.False => type.HasFlag(JsonSchemaType.Boolean),
        JsonValueKind.Null => type.HasFlag(JsonSchemaType.Null),
        _ => type.HasFlag(JsonSchemaType.Number) || (type.HasFlag(JsonSchemaType.Integer) && double.IsInteger(value.GetDouble())),
    };

    /// <summary>The gateway names the last of several types, which for a value that may be null is null.</summary>
    private static string NameOf(JsonSchemaType type) =>
        type.HasFlag(JsonSchemaType.Null) ? "null"
        : type.HasFlag(JsonSchemaType.Object) ? "an object"
        : type.HasFlag(JsonSchemaType.Array) ? "an array"
        : type.HasFlag(JsonSchemaType.String) ? "a string"
        : type.HasFlag(JsonSchemaType.Boolean) ? "a boolean"
        : type.HasFlag(JsonSchemaType.Integer) ? "an integer"
        : "a number";
}
