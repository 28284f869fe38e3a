using System.Text.Json;

namespace AffinityDurable.Simulator.Model;

/// <summary>The <c>type</c> of a field: where its values belong.</summary>
public enum FieldType
{
    /// <summary>Belongs to one list; every entry has its own value.</summary>
    List,

    /// <summary>Belongs to the company or person, shown on every list.</summary>
    Global,

    /// <summary>Filled by Affinity's data or a partner; belongs to the company or person.</summary>
    Enriched,

    /// <summary>Derived from mail and meetings; belongs to the company or person.</summary>
    RelationshipIntelligence,
}

/// <summary>Wire names of <see cref="FieldType"/>.</summary>
public static class FieldTypes
{
    private static readonly string[] Names = ["list", "global", "enriched", "relationship-intelligence"];

    private static readonly JsonEncodedText[] Encoded = [.. Names.Select(name => JsonEncodedText.Encode(name))];

    /// <summary>The name on the wire, such as <c>relationship-intelligence</c>.</summary>
    public static string WireName(this FieldType type) => Names[(int)type];

    internal static JsonEncodedText EncodedName(this FieldType type) => Encoded[(int)type];

    internal static bool TryParse(string? wireName, out FieldType type)
    {
        var index = Array.IndexOf(Names, wireName);
        type = (FieldType)Math.Max(index, 0);
        return index >= 0;
    }
}
