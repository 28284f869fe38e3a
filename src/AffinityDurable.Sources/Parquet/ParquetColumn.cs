using AffinityDurable.Sources.Duck;

namespace AffinityDurable.Sources.Parquet;

/// <summary>A column as DuckDB sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in DuckDB's SQL.</param>
internal sealed record ParquetColumn(string Name, string Type)
{
    private static readonly string[] Nested = ["STRUCT(", "MAP(", "UNION("];

    // Wider than .NET's decimal.
    private static readonly string[] Wide = ["DECIMAL(", "HUGEINT", "UHUGEINT"];

    /// <summary>SQL that gives the column in a form that has a text.</summary>
    public string AsText =>
        Nested.Any(Begins) || Type.EndsWith(']') ? $"CAST(to_json({SqlText.Name(Name)}) AS VARCHAR)"
        : Wide.Any(Begins) ? $"CAST({SqlText.Name(Name)} AS VARCHAR)"
        : SqlText.Name(Name);

    private bool Begins(string type) => Type.StartsWith(type, StringComparison.Ordinal);
}
