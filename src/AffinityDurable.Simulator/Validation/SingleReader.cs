using System.Text.Json;

namespace AffinityDurable.Simulator.Validation;

/// <summary>Reads the body of a single update, which allows nothing but <c>value</c>.</summary>
internal static class SingleReader
{
    /// <exception cref="ApiException">400 with every violation of the schema, or for text that is no JSON.</exception>
    public static FieldUpdate Read(ReadOnlySpan<byte> body, string fieldId, UpdateSchema schema)
    {
        var errors = new SchemaErrors();
        FieldUpdate? update = null;
        JsonBody.Read(body, errors, (string name, ref Utf8JsonReader reader, SchemaErrors found) =>
        {
            if (name == "value")
            {
                var (type, value) = UpdateReader.ReadValue(ref reader, "/value", schema, found);
                update = new FieldUpdate(fieldId, type, value, "/value");
            }
            else
            {
                found.Disallowed($"/{name}");
            }
        });

        if (update is null)
        {
            errors.Missing("", ["value"]);
        }

        errors.ThrowIfAny();
        return update!.Value;
    }
}
