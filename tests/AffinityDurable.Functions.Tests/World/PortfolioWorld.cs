using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.World;

/// <summary>An account with a list of companies: company n has the domain <c>company-n.com</c>.</summary>
internal sealed class PortfolioWorld
{
    private Field? health;

    public PortfolioWorld(int companies)
    {
        List = Tenant.AddList("Portfolio", id: 77);
        Arr = List.Number("ARR");
        Stage = List.Dropdown("Stage", "Seed", "Series A", "Series B");
        Notes = List.Text("Notes");
        Valued = List.Date("Valued");
        for (var n = 1; n <= companies; n++)
        {
            Entries.Add(List.AddEntry(Tenant.AddCompany($"Company {n}", $"company-{n}.com")));
        }
    }

    public Tenant Tenant { get; } = new();

    public AffinityList List { get; }

    public Field Arr { get; }

    public Field Stage { get; }

    public Field Notes { get; }

    public Field Valued { get; }

    public List<ListEntry> Entries { get; } = [];

    /// <summary>A field that can keep the health of an entry; made when first asked for.</summary>
    public Field Health() => health ??= List.Dropdown("Health", "OK", "At risk");

    public IEnumerable<double?> ArrValues => Entries.Select(entry => (double?)entry.Get(Arr));
}
