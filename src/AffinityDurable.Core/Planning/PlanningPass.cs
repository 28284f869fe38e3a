using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Planning;

/// <summary>One pass over the snapshot: plans each entry that has a row and writes what follows from it.</summary>
internal sealed class PlanningPass(
    IRunStore store,
    string runId,
    ResolvedSync sync,
    RunRequest request,
    Dictionary<long, StagedRow> rows,
    IReadOnlyDictionary<(long EntryId, string FieldId), FieldValue?> fullSets,
    LastWrittenIndex lastWritten)
{
    public EntryPlanner Planner { get; } = new(sync, lastWritten);

    public string Hash { get; private set; } = "";

    public int Batches { get; private set; }

    public int CanaryBatches { get; private set; }

    public int Entries { get; private set; }

    public int ChangedEntries { get; private set; }

    public int WriteCalls { get; private set; }

    public int RejectedValues { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var batches = new BatchWriter(store, runId, PlanBuilder.BatchSize, request.Canary ?? sync.Definition.Canary);
        var rejects = new List<Reject>();
        await store.WriteAsync(runId, Artefacts.BeforeCsv, (stream, ct) => WriteAsync(batches, rejects, stream, ct), cancellationToken);
        await store.WriteLinesAsync(runId, Artefacts.PlanRejects, rejects, cancellationToken);
        await store.WriteLinesAsync(runId, Artefacts.Conflicts, Planner.Conflicts, cancellationToken);
        await store.WriteLinesAsync(runId, Artefacts.GuardExamples, Planner.Examples, cancellationToken);
        RejectedValues = rejects.Count;
        Hash = await batches.CompleteAsync(cancellationToken);
        Batches = batches.Batches;
        CanaryBatches = batches.CanaryBatches;
    }

    private async Task WriteAsync(BatchWriter batches, List<Reject> rejects, Stream beforeCsv, CancellationToken cancellationToken)
    {
        await using var before = new CsvWriter(beforeCsv);
        before.WriteRecord(["List Entry ID", "Entity ID", "Name", "Domain", .. sync.Fields.Select(field => field.Field.Name)]);
        await foreach (var snapshot in store.ReadSnapshotAsync(runId, cancellationToken))
        {
            Entries++;
            var entry = WithFullSets(snapshot);
            // Taken out: pages that shift while they are read may give an entry twice.
            var mayChange = request.Limit is not { } limit || ChangedEntries < limit;
            if (rows.Remove(entry.EntryId, out var row) && Planner.Plan(entry, row, mayChange, rejects) is { } change)
            {
                ChangedEntries++;
                WriteCalls += (change.Fields.Count + AffinityApi.MostUpdates - 1) / AffinityApi.MostUpdates;
                before.WriteRecord([.. KeysOf(entry), .. Planner.RenderLive(entry)]);
                await batches.AddAsync(change, cancellationToken);
            }
        }
    }

    private EntrySnapshot WithFullSets(EntrySnapshot entry)
    {
        if (fullSets.Count == 0 || entry.Values.All(value => value.State != LiveState.Truncated))
        {
            return entry;
        }

        var values = entry.Values.Select((value, column) => value.State == LiveState.Truncated
            && fullSets.TryGetValue((entry.EntryId, sync.Fields[column].Field.Id), out var whole) ? LiveValue.Known(whole) : value);
        return entry with { Values = [.. values] };
    }

    private static IEnumerable<string> KeysOf(EntrySnapshot entry) =>
    [
        entry.EntryId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        entry.EntityId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        entry.Name ?? "",
        entry.Domains.Count > 0 ? entry.Domains[0] : "",
    ];
}
