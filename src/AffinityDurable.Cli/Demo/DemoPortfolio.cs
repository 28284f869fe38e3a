namespace AffinityDurable.Cli.Demo;

/// <summary>
/// The world of the demo, made from fixed numbers: the companies with what Affinity holds, the records of the sample file, and what must
/// become of each. Knows nothing of the engine.
/// </summary>
internal sealed class DemoPortfolio
{
    /// <summary>Companies of the list with one good row each; some have a planted value.</summary>
    private const int GoodRows = 1_460;

    /// <summary>Companies from here on have other rows, or none.</summary>
    private const int FirstSpecial = 1_500;

    private const int UnmatchedRows = 25;

    private readonly DemoDice dice = new(20_261_123);

    private DemoPortfolio()
    {
        var good = Enumerable.Range(0, GoodRows).Select(_ => DemoValues.Roll(dice)).ToList();
        Companies = [.. Enumerable.Range(0, DemoNames.Count).Select(number => CompanyAt(number, number < GoodRows ? good[number] : null))];
        var rows = good.Select(GoodRow).ToList();
        Spread(rows, [.. Ambiguous(), .. Duplicates(), .. Malformed(), .. UnusableKeys(), .. Unmatched()]);
        Rows = rows;
    }

    public IReadOnlyList<DemoCompany> Companies { get; }

    public IReadOnlyList<DemoRow> Rows { get; }

    public static DemoPortfolio Create() => new();

    /// <summary>What Affinity must hold in the end, by position of the company.</summary>
    public IReadOnlyList<DemoValues> After()
    {
        var after = Companies.Select(company => company.Before).ToArray();
        foreach (var row in Rows.Where(row => row.Writes is not null))
        {
            after[row.Writes!.Value] = Writable(row).Over(after[row.Writes.Value]);
        }

        return after;
    }

    private DemoCompany CompanyAt(int number, DemoValues? wanted)
    {
        var (name, domain) = DemoNames.At(number);

        // The two of the ambiguous rows share their domain with another company.
        string[] domains = number is FirstSpecial + 2 or FirstSpecial + 3 ? [domain, DemoNames.At(number - 2).Domain] : [domain];
        var values = wanted ?? DemoValues.Roll(dice);
        return new DemoCompany(name, domains, wanted is not null && dice.Percent(20) ? values : values.Earlier(dice));
    }

    private DemoRow GoodRow(DemoValues values, int number)
    {
        var flaws = DemoFlaws.Values.GetValueOrDefault(number) ?? [];
        return RowOf(number, values.WithGaps(dice)) with
        {
            Website = Spelling(Companies[number].Domain),
            Writes = number,
            Planted = flaws.ToDictionary(flaw => flaw.Column, flaw => flaw.Cell),
            Rejects = [.. flaws.Select(flaw => flaw.Code)],
        };
    }

    /// <summary>As people write it: the host, an address, in capitals.</summary>
    private string Spelling(string domain) => dice.Roll(6) switch
    {
        0 => $"https://www.{domain}/",
        1 => $"http://{domain}/about?ref=deck",
        2 => domain.ToUpperInvariant(),
        3 => $"www.{domain}",
        _ => domain,
    };

    private IEnumerable<DemoRow> Ambiguous() =>
        Enumerable.Range(FirstSpecial, 2).Select(number => RowOf(number) with { Rejects = ["AFF302"] });

    private IEnumerable<DemoRow> Duplicates()
    {
        var twice = Enumerable.Range(FirstSpecial + 4, 2).ToList();
        return twice.Concat(twice).Select(number => RowOf(number) with { Rejects = ["AFF304"] });
    }

    private IEnumerable<DemoRow> Malformed() => DemoFlaws.Records.Select((flaw, index) => RowOf(FirstSpecial + 10 + index) with
    {
        IsMalformed = true,
        Rejects = [flaw.Code],
        Damage = flaw.Damage,
    });

    private IEnumerable<DemoRow> UnusableKeys() => DemoFlaws.Websites
        .Select((website, index) => RowOf(FirstSpecial + 20 + index) with { Website = website, Rejects = ["AFF303"] });

    private IEnumerable<DemoRow> Unmatched() => Enumerable.Range(1, UnmatchedRows).Select(number => new DemoRow
    {
        Company = $"Passed Deal {number}",
        Website = $"passed-deal-{number}.example",
        Values = DemoValues.Roll(dice),
        IsUnmatched = true,
    });

    private DemoRow RowOf(int number, DemoValues? values = null) => new()
    {
        Company = Companies[number].Name,
        Website = Companies[number].Domain,
        Values = values ?? DemoValues.Roll(dice),
    };

    private static DemoValues Writable(DemoRow row) => row.Values with
    {
        Arr = row.Planted.ContainsKey("arr_usd") ? null : row.Values.Arr,
        Headcount = row.Planted.ContainsKey("headcount") ? null : row.Values.Headcount,
        Burn = row.Planted.ContainsKey("monthly_burn") ? null : row.Values.Burn,
        Stage = row.Planted.ContainsKey("stage") ? null : row.Values.Stage,
        Tags = row.Planted.ContainsKey("tags") ? null : row.Values.Tags,
        LastValuation = row.Planted.ContainsKey("last_valuation") ? null : row.Values.LastValuation,
        Notes = row.Planted.ContainsKey("notes") ? null : row.Values.Notes,
    };

    private static void Spread(List<DemoRow> rows, IReadOnlyList<DemoRow> others)
    {
        var distance = rows.Count / (others.Count + 1);
        for (var index = 0; index < others.Count; index++)
        {
            rows.Insert(((index + 1) * distance) + index, others[index]);
        }
    }
}
