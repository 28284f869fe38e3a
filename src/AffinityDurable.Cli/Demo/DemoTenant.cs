using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Cli.Demo;

/// <summary>The simulated Affinity account of the demo.</summary>
internal sealed class DemoTenant
{
    /// <summary>The list that the sample definition names.</summary>
    public const long ListId = 77;

    private static readonly TimeZoneInfo Pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    private readonly Field arr;
    private readonly Field headcount;
    private readonly Field burn;
    private readonly Field stage;
    private readonly Field tags;
    private readonly Field lastValuation;
    private readonly Field hq;
    private readonly Field notes;
    private readonly List<ListEntry> entries = [];

    public DemoTenant(DemoPortfolio portfolio)
    {
        Tenant = new Tenant();
        Tenant.AddCompanyField("Industry", FieldValueType.FilterableText, FieldType.Enriched, "affinity-data-industry", new FieldTraits { EnrichmentSource = "affinity-data" });
        var list = Tenant.AddList("Portfolio", ListType.Company, ListId);
        arr = list.Number("ARR");
        headcount = list.Number("Headcount");
        burn = list.Number("Burn");
        stage = list.RankedDropdown("Stage", [.. DemoValues.Stages]);
        tags = list.DropdownMulti("Tags", [.. DemoValues.AllTags]);
        lastValuation = list.Date("Last valuation");
        hq = list.Location("HQ");
        notes = list.Text("Notes");
        foreach (var company in portfolio.Companies)
        {
            var entry = list.AddEntry(Tenant.AddCompany(company.Name, [.. company.Domains]));
            Store(entry, company.Before);
            entries.Add(entry);
        }
    }

    public Tenant Tenant { get; }

    /// <summary>What the account holds, in the order of the companies.</summary>
    public IReadOnlyList<DemoValues> ReadBack() => [.. entries.Select(Read)];

    private void Store(ListEntry entry, DemoValues values) => entry
        .Set(arr, values.Arr)
        .Set(headcount, values.Headcount)
        .Set(burn, values.Burn)
        .Set(stage, values.Stage)
        .Set(tags, values.Tags?.ToArray())
        .Set(lastValuation, values.LastValuation)
        .Set(hq, values.City is null ? null : new Location(null, values.City, null, null, null))
        .Set(notes, values.Notes);

    private DemoValues Read(ListEntry entry) => new()
    {
        Arr = Number(entry, arr),
        Headcount = (int?)Number(entry, headcount),
        Burn = Number(entry, burn),
        Stage = (string?)entry.Get(stage),
        Tags = (string[]?)entry.Get(tags),
        LastValuation = entry.Get(lastValuation) is DateTimeOffset midnight ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(midnight, Pacific).DateTime) : null,
        City = ((Location?)entry.Get(hq))?.City,
        Notes = (string?)entry.Get(notes),
    };

    private static decimal? Number(ListEntry entry, Field field) => entry.Get(field) is double number ? (decimal)number : null;
}
