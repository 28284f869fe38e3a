using System.Text.Json;

namespace AffinityDurable.Simulator.Validation;

/// <summary>Reads a body that must be one JSON object.</summary>
internal static class JsonBody
{
    /// <summary>Reads the value of a property, from its first token to its last.</summary>
    public delegate void PropertyReader(string name, ref Utf8JsonReader reader, SchemaErrors errors);

    /// <exception cref="ApiException">400: the text is no JSON, or no object.</exception>
    public static void Read(ReadOnlySpan<byte> body, SchemaErrors errors, PropertyReader readProperty)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            if (isObject)
            {
                ReadProperties(ref reader, errors, readProperty);
            }
            else
            {
                reader.Skip();
                errors.NotOf("", "an object");
            }

            // Fails on anything that follows the value.
            reader.Read();
            if (!isObject)
            {
                errors.ThrowIfAny();
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new ApiException(400, "The request body is not valid JSON.");
        }
    }

    private static void ReadProperties(ref Utf8JsonReader reader, SchemaErrors errors, PropertyReader readProperty)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            readProperty(name, ref reader, errors);
            reader.Skip();
        }
    }
}
