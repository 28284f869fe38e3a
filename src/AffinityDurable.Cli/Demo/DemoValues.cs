namespace AffinityDurable.Cli.Demo;

/// <summary>The mapped fields of one company; null is empty.</summary>
internal sealed record DemoValues
{
    public static readonly IReadOnlyList<string> Stages = ["Pre-seed", "Seed", "Series A", "Series B", "Series C", "Growth", "Exited"];
    public static readonly IReadOnlyList<string> AllTags = ["AI", "B2B", "Climate", "Consumer", "Fintech", "Healthcare", "Hardware", "Marketplace", "SaaS", "Security"];
    private static readonly string[] Cities = ["Amsterdam", "Berlin", "Boston", "Lisbon", "London", "Munich", "New York", "Paris", "San Francisco", "São Paulo", "Singapore", "Zürich"];
    private static readonly string[] Remarks = ["Board deck received", "Raising \"A\" extension", "Renewals, upsell and churn on plan", "New CFO since March\nreports monthly", "Bridge round closed"];

    public decimal? Arr { get; init; }

    public int? Headcount { get; init; }

    public decimal? Burn { get; init; }

    public string? Stage { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public DateOnly? LastValuation { get; init; }

    public string? City { get; init; }

    public string? Notes { get; init; }

    /// <summary>A full set of values.</summary>
    public static DemoValues Roll(DemoDice dice) => new()
    {
        Arr = (dice.Roll(40_000_000) / 100m) + 25_000,
        Headcount = 3 + dice.Roll(900),
        Burn = 5_000 + (dice.Roll(900) * 500),
        Stage = dice.Pick(Stages),
        Tags = [.. AllTags.Skip(dice.Roll(AllTags.Count - 3)).Take(1 + dice.Roll(3))],
        LastValuation = new DateOnly(2023, 1, 1).AddDays(dice.Roll(1_300)),
        City = dice.Pick(Cities),
        Notes = dice.Pick(Remarks),
    };

    /// <summary>What Affinity holds before: mostly gaps, mostly the same where there is a value, now and then an older one.</summary>
    public DemoValues Earlier(DemoDice dice)
    {
        var older = Roll(dice);
        return new DemoValues
        {
            Arr = Earlier(Arr, older.Arr, dice),
            Headcount = Earlier(Headcount, older.Headcount, dice),
            Burn = Earlier(Burn, older.Burn, dice),
            Stage = Earlier(Stage, older.Stage, dice),
            Tags = Earlier(Tags, older.Tags, dice),
            LastValuation = Earlier(LastValuation, older.LastValuation, dice),
            City = Earlier(City, older.City, dice),
            Notes = Earlier(Notes, older.Notes, dice),
        };
    }

    /// <summary>A few cells are empty in the source: the live values stay.</summary>
    public DemoValues WithGaps(DemoDice dice) => this with
    {
        LastValuation = dice.Percent(10) ? null : LastValuation,
        Notes = dice.Percent(30) ? null : Notes,
    };

    /// <summary>These values, and the given ones where they are empty.</summary>
    public DemoValues Over(DemoValues below) => new()
    {
        Arr = Arr ?? below.Arr,
        Headcount = Headcount ?? below.Headcount,
        Burn = Burn ?? below.Burn,
        Stage = Stage ?? below.Stage,
        Tags = Tags ?? below.Tags,
        LastValuation = LastValuation ?? below.LastValuation,
        City = City ?? below.City,
        Notes = Notes ?? below.Notes,
    };

    /// <summary>Fields that differ.</summary>
    public int Differences(DemoValues other) =>
        Convert.ToInt32(Arr != other.Arr) + Convert.ToInt32(Headcount != other.Headcount) + Convert.ToInt32(Burn != other.Burn)
        + Convert.ToInt32(Stage != other.Stage) + Convert.ToInt32(!SameTags(Tags, other.Tags)) + Convert.ToInt32(LastValuation != other.LastValuation)
        + Convert.ToInt32(City != other.City) + Convert.ToInt32(Notes != other.Notes);

    private static bool SameTags(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        (one ?? []).Order(StringComparer.Ordinal).SequenceEqual((other ?? []).Order(StringComparer.Ordinal));

    private static T? Earlier<T>(T? wanted, T? older, DemoDice dice) => dice.Roll(100) switch
    {
        < 60 => default,
        < 92 => wanted,
        _ => older,
    };
}
