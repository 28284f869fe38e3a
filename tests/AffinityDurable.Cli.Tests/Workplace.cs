using System.Globalization;
using System.Text;
using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Cli.Tests;

/// <summary>A directory with a definition and its file, and a simulated Affinity to run them against.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    public const string Sync = "metrics";
    public const string ApiKey = "key-that-nobody-may-see";
    public const string Note = "confidential remark";

    private Workplace(SimulatorServer simulator, AffinityList list, IReadOnlyList<ListEntry> entries)
    {
        (Simulator, List, Entries) = (simulator, list, entries);
        Root = Directory.CreateTempSubdirectory("affinity-durable-cli-").FullName;
        Directory.CreateDirectory(Path.Combine(Root, "syncs"));
        Environment = new Dictionary<string, string>
        {
            ["Affinity__BaseAddress"] = simulator.BaseAddress.ToString(),
            ["Affinity__ApiKey"] = ApiKey,
        };
    }

    public string Root { get; }

    public SimulatorServer Simulator { get; }

    public AffinityList List { get; }

    public IReadOnlyList<ListEntry> Entries { get; }

    public Dictionary<string, string> Environment { get; }

    /// <summary>A list of companies with empty fields, and a file with one row for each of them.</summary>
    public static async Task<Workplace> CreateAsync(int companies, SimulatorOptions? options = null)
    {
        var tenant = new Tenant();
        tenant.AddApiKey(ApiKey, tenant.AddUser("Grace", "Hopper", "grace@example.vc"));
        var list = tenant.AddList("Portfolio", ListType.Company, 77);
        list.Number("ARR");
        list.Text("Notes");
        list.Dropdown("Stage", "Seed", "Series A");
        var entries = Enumerable.Range(1, companies).Select(number => list.AddEntry(tenant.AddCompany($"Company {number}", $"company{number}.com"))).ToList();
        var workplace = new Workplace(await SimulatorServer.StartAsync(options ?? new SimulatorOptions(), tenant), list, entries);
        workplace.WriteDefinition();
        workplace.WriteRows(Enumerable.Range(1, companies).Select(number => (number, "Seed")));
        return workplace;
    }

    public void WriteDefinition(string more = "") => Write(
        "syncs/metrics.yaml",
        $$"""
        sync: {{Sync}}
        list: 77
        source: { type: csv, path: metrics.csv }
        match: [{ domain: website }]
        fields:
          ARR: arr
          Notes: notes
          Stage: stage
        {{more}}
        {{(more.Contains("approval:", StringComparison.Ordinal) ? "" : "approval: never")}}
        """);

    public void WriteRows(IEnumerable<(int Company, string Stage)> rows)
    {
        var csv = new StringBuilder("website,arr,notes,stage\n");
        foreach (var (company, stage) in rows)
        {
            csv.Append(CultureInfo.InvariantCulture, $"company{company}.com,{company * 1000},{Note} {company},{stage}\n");
        }

        Write("syncs/metrics.csv", csv.ToString());
    }

    public void Write(string path, string text) => File.WriteAllText(Path.Combine(Root, path), text);

    public Task<CliResult> RunAsync(params string[] arguments) => CliProcess.RunAsync(Root, Environment, arguments);

    public CliProcess Start(params string[] arguments) => CliProcess.Start(Root, Environment, arguments);

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
