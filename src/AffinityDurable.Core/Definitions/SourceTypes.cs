namespace AffinityDurable.Core.Definitions;

/// <summary>Types of sources that definitions know. Their adapters are registered by the same names.</summary>
public static class SourceTypes
{
    public const string Csv = "csv";

    public static IReadOnlyList<string> All { get; } = [Csv];
}
