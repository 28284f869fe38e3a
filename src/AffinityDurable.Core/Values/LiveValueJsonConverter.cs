using System.Text.Json;
using System.Text.Json.Serialization;

namespace AffinityDurable.Core.Values;

/// <summary>A known value is its own JSON (null is empty); any other state is <c>{"live":"Hidden"}</c> and has no value.</summary>
internal sealed class LiveValueJsonConverter : JsonConverter<LiveValue>
{
    private const string StateProperty = "live";

    public override bool HandleNull => true;

    public override LiveValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return LiveValue.Known(null);
        }

        return IsState(reader) ? ReadState(ref reader) : LiveValue.Known(FieldValueJsonConverter.Instance.Read(ref reader, typeof(FieldValue), options));
    }

    public override void Write(Utf8JsonWriter writer, LiveValue value, JsonSerializerOptions options)
    {
        if (value.State != LiveState.Known)
        {
            writer.WriteStartObject();
            writer.WriteString(StateProperty, value.State.ToString());
            writer.WriteEndObject();
        }
        else if (value.Value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            FieldValueJsonConverter.Instance.Write(writer, value.Value, options);
        }
    }

    /// <param name="ahead">A copy: looking ahead does not move the caller's reader.</param>
    private static bool IsState(Utf8JsonReader ahead) =>
        ahead.TokenType == JsonTokenType.StartObject && ahead.Read() && ahead.ValueTextEquals(StateProperty);

    private static LiveValue ReadState(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Read();
        var state = Enum.Parse<LiveState>(reader.GetString()!);
        reader.Read();
        return new LiveValue(state, null);
    }
}
