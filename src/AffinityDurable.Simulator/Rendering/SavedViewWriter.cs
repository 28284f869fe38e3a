using System.Text.Json;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Rendering;

/// <summary>Writes saved views; what they filter and show is not told.</summary>
internal static class SavedViewWriter
{
    public static void Write(Utf8JsonWriter writer, SavedView view)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Names.Id, view.Id);
        writer.WriteString(Names.Name, view.Name);
        writer.WriteString(Names.Type, view.Type.WireName());
        writer.WriteInstantOrNull(Names.CreatedAt, view.CreatedAt);
        writer.WriteEndObject();
    }
}
