using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Validation;

/// <summary>Reads the bodies of the two ways to write fields. Batch body and items take additional properties, the single body does not.</summary>
internal static class BatchReader
{
    private const int MostUpdates = 100;

    /// <exception cref="ApiException">400 with every violation of the schema, or for text that is no JSON.</exception>
    public static List<FieldUpdate> ReadBatch(ReadOnlySpan<byte> body)
    {
        var errors = new SchemaErrors();
        List<FieldUpdate>? updates = null;
        var seesOperation = false;
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            RequireObject(ref reader, errors);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("operation"u8))
                {
                    reader.Read();
                    seesOperation = true;
                    CheckOperation(ref reader, errors);
                }
                else if (reader.ValueTextEquals("updates"u8))
                {
                    reader.Read();
                    updates = ReadUpdates(ref reader, errors);
                }
                else
                {
                    reader.Read();
                }

                reader.Skip();
            }

            reader.Read();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw NotJson();
        }

        if (!seesOperation || updates is null)
        {
            errors.Missing("", (string[])[.. seesOperation ? [] : (string[])["operation"], .. updates is not null ? [] : (string[])["updates"]]);
        }

        errors.ThrowIfAny();
        return updates!;
    }

    /// <inheritdoc cref="ReadBatch"/>
    public static FieldUpdate ReadSingle(ReadOnlySpan<byte> body, string fieldId)
    {
        var errors = new SchemaErrors();
        FieldUpdate? update = null;
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            RequireObject(ref reader, errors);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("value"u8))
                {
                    reader.Read();
                    var (type, value) = UpdateReader.ReadValue(ref reader, "/value", errors);
                    update = new FieldUpdate(fieldId, type, value, "/value");
                }
                else
                {
                    errors.Disallowed($"/{reader.GetString()}");
                    reader.Read();
                    reader.Skip();
                }
            }

            reader.Read();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw NotJson();
        }

        if (update is null)
        {
            errors.Missing("", ["value"]);
        }

        errors.ThrowIfAny();
        return update!.Value;
    }

    private static List<FieldUpdate> ReadUpdates(ref Utf8JsonReader reader, SchemaErrors errors)
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
                updates.Add(ReadUpdate(ref reader, index, errors));
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

        return updates;
    }

    private static FieldUpdate ReadUpdate(ref Utf8JsonReader reader, int index, SchemaErrors errors)
    {
        var pointer = $"/updates/{index}";
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            errors.NotOf(pointer, "an object");
            reader.Skip();
            return default;
        }

        string? id = null;
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
                value = UpdateReader.ReadValue(ref reader, $"{pointer}/value", errors);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (id is null)
        {
            errors.Missing(pointer, ["id"]);
        }

        return new FieldUpdate(id ?? "", value.Type, value.Value, pointer);
    }

    private static void RequireObject(ref Utf8JsonReader reader, SchemaErrors errors)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return;
        }

        reader.Skip();
        reader.Read();
        errors.NotOf("", "an object");
        errors.ThrowIfAny();
    }

    private static void CheckOperation(ref Utf8JsonReader reader, SchemaErrors errors)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals("update-fields"u8))
        {
            errors.NotConst("/operation", "update-fields");
        }
    }

    private static ApiException NotJson() => new(400, "The request body is not valid JSON.");
}
