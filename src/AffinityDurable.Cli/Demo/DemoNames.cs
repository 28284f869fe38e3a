namespace AffinityDurable.Cli.Demo;

/// <summary>Names and domains of invented companies, each once.</summary>
internal static class DemoNames
{
    private static readonly string[] Firsts =
    [
        "Acorn", "Alpine", "Amber", "Anchor", "Arbor", "Aster", "Atlas", "Aurora", "Beacon", "Birch",
        "Bluebird", "Bright", "Cedar", "Cinder", "Cobalt", "Copper", "Coral", "Crescent", "Delta", "Drift",
        "Ember", "Fable", "Falcon", "Fern", "Fjord", "Granite", "Harbor", "Hazel", "Horizon", "Indigo",
        "Juniper", "Kestrel", "Lantern", "Lumen", "Maple", "Meridian", "Mosaic", "Nimbus", "North", "Onyx",
        "Orchard", "Pebble", "Pioneer", "Quarry", "River", "Saffron", "Summit", "Tidal", "Velvet", "Willow",
    ];

    private static readonly string[] Seconds =
    [
        "AI", "Analytics", "Bank", "Batteries", "Bio", "Care", "Cargo", "Cloud", "Commerce", "Compute",
        "Credit", "Dental", "Diagnostics", "Dynamics", "Energy", "Farms", "Foods", "Freight", "Genomics", "Grid",
        "Health", "Homes", "Insurance", "Labs", "Learning", "Legal", "Logistics", "Materials", "Mobility", "Networks",
        "Optics", "Payments", "Pharma", "Robotics", "Security", "Semiconductors", "Software", "Systems", "Therapeutics", "Water",
    ];

    private static readonly string[] TopLevels = ["com", "io", "co", "ai", "eu", "tech"];

    /// <summary>How many there are.</summary>
    public static int Count => Firsts.Length * Seconds.Length;

    public static (string Name, string Domain) At(int number)
    {
        // 727 and the count have no common divisor: every pair comes once, in no visible order.
        var pair = number * 727 % Count;
        var (first, second) = (Firsts[pair / Seconds.Length], Seconds[pair % Seconds.Length]);
        return ($"{first} {second}", $"{first}{second}.{TopLevels[pair % TopLevels.Length]}".ToLowerInvariant());
    }
}
