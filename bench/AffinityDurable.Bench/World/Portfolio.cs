using System.Globalization;
using System.Text;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Bench.World;

/// <summary>
/// The list of every scenario, and exports that speak about it. Entry n belongs to the company with the domain <c>company-n.com</c>;
/// all its values follow from n, so that the process that serves the list and the one that writes the export agree on them.
/// </summary>
internal static class Portfolio
{
    public const long ListId = 77;

    /// <summary>Dropdown fields that the definition maps.</summary>
    public const int Dropdowns = 1;

    private static readonly string[] Stages = ["Seed", "Series A", "Series B", "Growth", "Exited"];

    public static Tenant Build(int entries)
    {
        var tenant = new Tenant();
        var list = tenant.AddList("Portfolio", id: ListId);
        var arr = list.Number("ARR");
        var burn = list.Number("Burn");
        var headcount = list.Number("Headcount");
        var stage = list.Dropdown("Stage", Stages);
        var notes = list.Text("Notes");
        var valued = list.Date("Valued");
        for (var n = 1; n <= entries; n++)
        {
            list.AddEntry(tenant.AddCompany($"Company {n}", $"company-{n}.com"))
                .Set(arr, Arr(n)).Set(burn, Burn(n)).Set(headcount, Headcount(n))
                .Set(stage, Stage(n)).Set(notes, Notes(n)).Set(valued, Valued(n));
        }

        return tenant;
    }

    /// <summary>A sync of six fields, whose plans nobody has to approve.</summary>
    /// <param name="sync">Its name, also of its export.</param>
    /// <param name="verify">What is read back.</param>
    /// <param name="more">Further lines.</param>
    public static string Definition(string sync, string verify, string more = "") => $$"""
        sync: {{sync}}
        list: {{ListId}}
        source:
          type: csv
          path: {{sync}}.csv
        match:
          - domain: website
        fields:
          ARR: arr
          Burn: burn
          Headcount: headcount
          Stage: stage
          Notes: notes
          Valued: valued
        minuteShare: 100
        approval: never
        verify: {{verify}}
        guards:
          maxOverwrittenPercent: 100
        {{more}}
        """;

    /// <summary>Writes an export of ten columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">Rows; those of the entries are spread evenly among them, the others speak about companies that are not on the list.</param>
    /// <param name="entries">Entries with a row.</param>
    /// <param name="changed">Entries whose row differs from the list in one field, spread evenly.</param>
    public static void Export(string path, int rows, int entries, int changed)
    {
        using var csv = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16);
        csv.Write("website,company,arr,burn,headcount,stage,notes,valued,currency,updated\n");
        var rowsPerEntry = rows / entries;
        for (var row = 0; row < rows; row++)
        {
            var n = (row / rowsPerEntry) + 1;
            var isOnList = row % rowsPerEntry == 0 && n <= entries;
            var isChanged = (long)n * changed / entries != (long)(n - 1) * changed / entries;
            var site = isOnList ? $"company-{n}.com" : $"elsewhere-{row}.com";
            csv.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{site},Company {n},{(isChanged ? Arr(n) + 1 : Arr(n))},{Burn(n)},{Headcount(n)},{Stage(n)},{Notes(n)},{Valued(n):yyyy-MM-dd},USD,2026-03-01T18:00:00Z\n"));
        }
    }

    private static double Arr(int n) => 10_000 + n;

    private static double Burn(int n) => 100 + (n % 977) + 0.25;

    private static double Headcount(int n) => 1 + (n % 450);

    private static string Stage(int n) => Stages[n % Stages.Length];

    private static string Notes(int n) => $"Reviewed in the committee of week {(n % 52) + 1}";

    private static DateOnly Valued(int n) => new DateOnly(2025, 1, 1).AddDays(n % 365);
}
