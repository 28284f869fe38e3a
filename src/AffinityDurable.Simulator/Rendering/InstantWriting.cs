using System.Text.Json;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>Writes instants that may be missing.</summary>
internal static class InstantWriting
{
    public static void WriteInstantOrNull(this Utf8JsonWriter writer, JsonEncodedText name, DateTimeOffset? instant)
    {
        if (instant is { } known)
        {
            writer.WriteString(name, known.UtcDateTime);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
