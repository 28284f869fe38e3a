namespace AffinityDurable.Sources;

/// <summary>Limits of sources; section <c>Sources</c> of the settings.</summary>
public sealed class SourceOptions
{
    /// <summary>Folders that file sources may read from, with all below them. Empty: the folder of the definition and the current directory.</summary>
    public IList<string> AllowedRoots { get; init; } = [];

    /// <summary>Where spooled records and spilled query results go while a source is read; null is the system's temporary folder.</summary>
    public string? TempDirectory { get; set; }

    /// <summary>Memory that DuckDB may use for one source.</summary>
    public int MemoryLimitMegabytes { get; set; } = 256;

    /// <summary>Disk that DuckDB may use for one source when a query outgrows the memory.</summary>
    public int TempLimitMegabytes { get; set; } = 4096;

    /// <summary>Disk that one source may use for copies of its files and for the records of its feed: what is fetched, unpacked, or freed of malformed records.</summary>
    public int SpoolLimitMegabytes { get; set; } = 4096;

    /// <summary>Threads that read one file.</summary>
    public int Threads { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Memory that one answer of a feed may take.</summary>
    public int MaxAnswerMegabytes { get; set; } = 32;

    /// <summary>Before the first repeat of a request to a feed; it doubles each time, up to 30 seconds.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);
}
