namespace AffinityDurable.Cli.Demo;

/// <summary>A record of the sample file and what must become of it.</summary>
internal sealed record DemoRow
{
    /// <summary>Cell of the column <c>company</c>.</summary>
    public required string Company { get; init; }

    /// <summary>Cell of the column <c>website</c>.</summary>
    public required string Website { get; init; }

    public required DemoValues Values { get; init; }

    /// <summary>Position of the company that the good values of the row belong to; null when nothing of the row may be written.</summary>
    public int? Writes { get; init; }

    /// <summary>Codes of the rejects that the row must give, one for each.</summary>
    public IReadOnlyList<string> Rejects { get; init; } = [];

    public bool IsMalformed { get; init; }

    public bool IsUnmatched { get; init; }

    /// <summary>Cells, by column, in place of the good ones.</summary>
    public IReadOnlyDictionary<string, string> Planted { get; init; } = new Dictionary<string, string>();

    /// <summary>Damages the finished record.</summary>
    public Func<string, string>? Damage { get; init; }
}
