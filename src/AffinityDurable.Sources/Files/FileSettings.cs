namespace AffinityDurable.Sources.Files;

/// <summary>The keys of file sources.</summary>
/// <param name="Path">The file; relative ones start at the folder of the definition.</param>
/// <param name="Query">A single SELECT over the file, which it sees as <c>source</c>; null for every row as it is.</param>
/// <param name="Delimiter">Between the fields of a delimited file; null finds it out from the header.</param>
internal sealed record FileSettings(string Path, string? Query = null, string? Delimiter = null);
