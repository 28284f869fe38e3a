using System.Text.Json.Nodes;

namespace AffinityDurable.Simulator.Model;

/// <summary>A value kept as JSON text, checked once when it is made.</summary>
internal sealed class RawJson
{
    private const string InternalPersonName = "internalPerson";

    public RawJson(string text)
    {
        var root = JsonNode.Parse(text);
        Text = root?.ToJsonString() ?? "null";
        Count = root is JsonArray items ? items.Count : 1;
        if (root is JsonObject interaction && interaction.Remove(InternalPersonName, out var person))
        {
            InternalPerson = person?.ToJsonString();
            Data = interaction.ToJsonString();
        }
        else
        {
            Data = Text;
        }
    }

    /// <summary>All of it, as a seed has it.</summary>
    public string Text { get; }

    /// <summary>What is shown as <c>data</c>.</summary>
    public string Data { get; }

    /// <summary>What an interaction shows beside its data, or null.</summary>
    public string? InternalPerson { get; }

    /// <summary>The items of an array; 1 for anything else.</summary>
    public int Count { get; }
}
