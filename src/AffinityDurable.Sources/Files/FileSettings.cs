namespace AffinityDurable.Sources.Files;

/// <summary>The keys of file sources.</summary>
/// <param name="Path">The file or files; relative paths start at the folder of the definition.</param>
/// <param name="Query">A single SELECT over the files, which it sees as <c>source</c>; null for every row as it is.</param>
/// <param name="Delimiter">Between the fields of a delimited file; null finds it out from the header.</param>
internal sealed record FileSettings(string Path, string? Query = null, string? Delimiter = null)
{
    /// <summary>Which of the files that the path matches are read.</summary>
    public FilePick Pick { get; init; }

    /// <summary>How long ago the newest file may have been written; null for any time.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>A file next to the data that is written when the export is complete.</summary>
    public string? Marker { get; init; }

    /// <summary>A file next to the data that lists it.</summary>
    public string? Manifest { get; init; }

    /// <summary>Whether a run starts when a file arrives.</summary>
    public bool OnArrival { get; init; }

    /// <summary>The storage that the path is of, where that is not this machine.</summary>
    public string? Connection { get; init; }
}
