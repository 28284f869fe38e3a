using System.Text.Json.Serialization;

namespace AffinityDurable.Simulator.Model;

/// <summary>How somebody wants to see a list in the product. Its sort order is left out: the API does not apply it.</summary>
public sealed record SavedView(long Id, string Name)
{
    public SavedViewType Type { get; init; }

    /// <summary>The documentation knows no view without it; a client takes null.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The tree of filters as a search takes it, in JSON, or null for every row.</summary>
    public string? Filters { get; init; }

    /// <summary>The ids of the fields that are columns of the view.</summary>
    public IReadOnlyList<string> FieldIds { get; init; } = [];
}

/// <summary>What a saved view looks like. Only sheets serve entries.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SavedViewType>))]
public enum SavedViewType
{
    [JsonStringEnumMemberName("sheet")]
    Sheet,

    [JsonStringEnumMemberName("board")]
    Board,

    [JsonStringEnumMemberName("dashboard")]
    Dashboard,

    /// <summary>Not documented; one client lists it.</summary>
    [JsonStringEnumMemberName("chart")]
    Chart,
}

internal static class SavedViewTypes
{
    private static readonly string[] Names = ["sheet", "board", "dashboard", "chart"];

    public static string WireName(this SavedViewType type) => Names[(int)type];
}
