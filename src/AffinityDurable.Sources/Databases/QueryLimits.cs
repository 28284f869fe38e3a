namespace AffinityDurable.Sources.Databases;

/// <summary>How long a query may take, and how much it may give.</summary>
internal sealed record QueryLimits
{
    public const int MostRows = 1_000_000_000;

    /// <summary>Bytes, or characters where the driver counts those, of one cell.</summary>
    public const int MostCellBytes = 1024 * 1024;

    /// <summary>From the start of the query to its last row.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For one attempt to connect.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>More rows than this end the read.</summary>
    public int MaxRows { get; init; } = 10_000_000;
}
