using System.Globalization;
using AffinityDurable.Bench.World;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Sources;
using AffinityDurable.Core.Values;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Bench.Product;

/// <summary>The step that reads the source of a run, as its activity calls it: read, match, stage. The list is there already.</summary>
internal sealed class StagedExport : IDisposable
{
    private const string Sync = "source";
    private const string RunId = "source@adhoc-00000000000000000000000000000000";

    private readonly DirectoryInfo stores = Directory.CreateTempSubdirectory("affinity-durable-bench-");
    private readonly ServiceProvider services = new ServiceCollection().AddSources().BuildServiceProvider();
    private readonly FileRunStore store;
    private readonly ResolvedSync sync;

    private StagedExport(string folder)
    {
        store = new FileRunStore(stores.FullName, TimeProvider.System);
        var definition = DefinitionParser.Parse(Portfolio.Definition(Sync, "none"), "source.yaml", services.GetRequiredService<SourceTypes>()).Require();
        var fields = definition.Fields.Select(mapping => new ResolvedField(new AffinityField(mapping.Field, mapping.Field, "list", "text"), mapping, []));
        sync = new ResolvedSync(definition, new AffinityList(Portfolio.ListId, "Portfolio", "company"), [.. fields]) { BaseDirectory = folder };
    }

    public static string FileOf(string folder) => Path.Combine(folder, $"{Sync}.csv");

    /// <param name="folder">Where the export is.</param>
    /// <param name="entries">Entries of the list.</param>
    public static async Task<StagedExport> PrepareAsync(string folder, int entries)
    {
        var export = new StagedExport(folder);
        await export.store.WriteJsonAsync(RunId, Artefacts.Request, new RunRequest { Sync = Sync, Mode = RunMode.Plan, Trigger = RunTrigger.CommandLine }, CancellationToken.None);
        var values = Enumerable.Repeat(LiveValue.Known(null), export.sync.Fields.Count).ToList();
        var snapshot = Enumerable.Range(1, entries).Select(n => new EntrySnapshot(
            n, n, string.Create(CultureInfo.InvariantCulture, $"Company {n}"), [string.Create(CultureInfo.InvariantCulture, $"company-{n}.com")], values));
        await export.store.WriteLinesAsync(RunId, Artefacts.Snapshot(0), snapshot.ToAsyncEnumerable(), CancellationToken.None);
        return export;
    }

    public async Task<(long Rows, long Matched)> ReadAsync()
    {
        var state = new FileSyncState(stores.FullName);
        var reading = new SourceReading(store, services.GetRequiredService<SourceAdapters>(), new PendingRows(store, state), new LastSuccesses(state));
        var summary = await reading.ReadAsync(RunId, sync, sync.Definition.Sources[0], DateTimeOffset.UtcNow, CancellationToken.None);
        return (summary.Rows, summary.Matched);
    }

    public void Dispose()
    {
        services.Dispose();
        stores.Delete(recursive: true);
    }
}
