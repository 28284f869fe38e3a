using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Validation;

/// <summary>Reads the body of a batch; the body itself and its items take additional properties.</summary>
internal static class BatchReader
{
    private const int MostUpdates = 100;

    /// <exception cref="ApiException">400 with every violation of the schema, or for text that is no JSON.</exception>
    public static List<FieldUpdate> Read(ReadOnlySpan<byte> body, UpdateSchema schema)
    {
        var errors = new SchemaErrors();
        List<FieldUpdate>? updates = null;
        var missing = new List<string> { "operation", "updates" };
        JsonBody.Read(body, errors, (string name, ref Utf8JsonReader reader, SchemaErrors found) =>
        {
            missing.Remove(name);
            if (name == "operation")
            {
                CheckOperation(ref reader, found);
            }
            else if (name == "updates")
            {
                updates = ReadUpdates(ref reader, schema, found);
            }
        });

        if (missing.Count > 0)
        {
            errors.Missing("", missing);
        }

        errors.ThrowIfAny();
        return updates!;
    }

    private static List<FieldUpdate> ReadUpdates(ref Utf8JsonReader reader, UpdateSchema schema, SchemaErrors errors)
    {
        var updates = new List<FieldUpdate>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            errors.NotOf("/updates", "an array");
            return updates;
        }

        var index = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index < MostUpdates)
            {
                updates.Add(ReadUpdate(ref reader, index, schema, errors));
            }
            else
            {
                reader.Skip();
            }
        }

        if (index > MostUpdates)
        {
            errors.TooManyItems("/updates", MostUpdates);
        }
        else if (index == 0 && !schema.AllowsNoUpdates)
        {
            errors.TooFewItems("/updates", 1);
        }

        return updates;
    }

    private static FieldUpdate ReadUpdate(ref Utf8JsonReader reader, int index, UpdateSchema schema, SchemaErrors errors)
    {
        var pointer = $"/updates/{index}";
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            errors.NotOf(pointer, "an object");
            reader.Skip();
            return default;
        }

        string? id = null;
        var seesValue = false;
        (FieldValueType? Type, FieldValue Value) value = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                ScalarReader.Text(ref reader, $"{pointer}/id", errors, out id);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                seesValue = true;
                value = UpdateReader.ReadValue(ref reader, $"{pointer}/value", schema, errors);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        var lacksValue = schema.RequiresValue && !seesValue;
        if (id is null || lacksValue)
        {
            errors.Missing(pointer, (string[])[.. id is null ? (string[])["id"] : [], .. lacksValue ? (string[])["value"] : []]);
        }

        return new FieldUpdate(id ?? "", value.Type, value.Value, pointer);
    }

    private static void CheckOperation(ref Utf8JsonReader reader, SchemaErrors errors)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals("update-fields"u8))
        {
            errors.NotConst("/operation", "update-fields");
        }
    }
}
