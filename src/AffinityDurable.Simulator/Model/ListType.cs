using System.Text.Json;

namespace AffinityDurable.Simulator.Model;

/// <summary>What the entries of a list stand for.</summary>
public enum ListType
{
    Company,
    Person,
    Opportunity,
}

internal static class ListTypes
{
    private static readonly string[] Names = ["company", "person", "opportunity"];

    private static readonly JsonEncodedText[] Encoded = [.. Names.Select(name => JsonEncodedText.Encode(name))];

    public static string WireName(this ListType type) => Names[(int)type];

    public static JsonEncodedText EncodedName(this ListType type) => Encoded[(int)type];

    public static ListType Parse(string wireName) => (ListType)Array.IndexOf(Names, wireName) is var type && Enum.IsDefined(type)
        ? type
        : throw new FormatException($"'{wireName}' is not a list type.");
}
