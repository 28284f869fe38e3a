namespace AffinityDurable.Sources.Files;

/// <summary>A column that a folder gives, as in <c>fund=II</c>: the same for every row of a file.</summary>
/// <param name="Name">The column.</param>
/// <param name="Value">The cell; null as Hive writes it.</param>
internal sealed record Partition(string Name, string? Value)
{
    private const string HiveNull = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>What the folders of a path say, outermost first.</summary>
    /// <param name="path">With <c>/</c> between folders; the last part is the file.</param>
    public static IReadOnlyList<Partition> Of(string path) =>
    [
        .. path.Split('/')[..^1]
            .Select(folder => folder.Split('=', 2))
            .Where(parts => parts.Length == 2 && parts[0].Length > 0)
            .Select(parts => new Partition(Uri.UnescapeDataString(parts[0]), ValueOf(Uri.UnescapeDataString(parts[1])))),
    ];

    private static string? ValueOf(string value) =>
        value == HiveNull || string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
