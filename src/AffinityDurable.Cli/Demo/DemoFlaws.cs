namespace AffinityDurable.Cli.Demo;

/// <summary>What is planted into rows that would be good otherwise.</summary>
internal static class DemoFlaws
{
    /// <summary>Values that cannot be written, by position of the company. The other values of the row are written.</summary>
    public static IReadOnlyDictionary<int, IReadOnlyList<(string Column, string Cell, string Code)>> Values { get; } =
        new Dictionary<int, IReadOnlyList<(string, string, string)>>
        {
            [60] = [("stage", "Series Q", "AFF402")],
            [135] = [("tags", "SaaS;Blockchain", "AFF402")],
            [210] = [("arr_usd", "n/a", "AFF401")],
            [285] = [("last_valuation", "2026-02-30", "AFF404")],
            [310] = [("stage", "Series B+", "AFF402")],
            [410] = [("notes", "Call me\u0007", "AFF408")],
            [460] = [("headcount", "about 40", "AFF401")],
            [535] = [("last_valuation", "31.12.2025", "AFF404")],
            [560] = [("stage", "unknown", "AFF402")],
            [710] = [("monthly_burn", "12.5k", "AFF401")],
            [785] = [("last_valuation", "Q3 2025", "AFF404")],
            [885] = [("tags", "Fintech;Crypto;AI", "AFF402")],
            [960] = [("arr_usd", "1.250.000", "AFF401")],
            [1110] = [("stage", "Serie A", "AFF402"), ("last_valuation", "2025-13-01", "AFF404")],
        };

    /// <summary>Cells that are no domain.</summary>
    public static IReadOnlyList<string> Websites { get; } = ["n/a", "office@example.com"];

    /// <summary>Records that are no rows.</summary>
    public static IReadOnlyList<(string Code, Func<string, string> Damage)> Records { get; } =
    [
        ("AFF221", record => record + ",surplus"),
        ("AFF223", record => "Stray \" quote" + record[record.IndexOf(',', StringComparison.Ordinal)..]),
        ("AFF221", record => record[..record.LastIndexOf(',')]),
        ("AFF224", record => DemoCsv.InvalidByte + record),
        ("AFF224", record => "Caf" + DemoCsv.InvalidByte + record[record.IndexOf(',', StringComparison.Ordinal)..]),
    ];
}
