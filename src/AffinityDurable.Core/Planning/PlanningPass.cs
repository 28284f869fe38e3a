using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Health;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.References;
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
    Dictionary<long, StagedRow?[]> rows,
    IReadOnlyDictionary<(long EntryId, string FieldId), FieldValue?> fullSets,
    LastWrittenIndex lastWritten,
    ReferenceIndex references,
    HealthMonitor? health,
    DateTimeOffset readAt)
{
    private readonly IReadOnlyDictionary<string, FieldText> texts = FieldText.OfAll(sync);

    public EntryPlanner Planner { get; } = new(sync, lastWritten, references, readAt);

    public string Hash { get; private set; } = "";

    public int Batches { get; private set; }

    public int CanaryBatches { get; private set; }

    public int Entries { get; private set; }

    public int ChangedEntries { get; private set; }

    public int WriteCalls { get; private set; }

    public int RejectedValues { get; private set; }

    /// <summary>Entries for which there is something to do: they change, or are left to a later run.</summary>
    public HashSet<long> Open { get; } = [];

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
        before.WriteRecord(["List Entry ID", "Entity ID", "Name", "Domain", .. sync.EveryField.Select(field => field.Field.Name)]);
        await foreach (var snapshot in store.ReadSnapshotAsync(runId, cancellationToken))
        {
            Entries++;
            var entry = snapshot.With(fullSets, sync);
            var mayChange = request.Limit is not { } limit || ChangedEntries < limit;
            // Taken out: pages that shift while they are read may give an entry twice.
            var leftOut = Planner.LeftOut;
            var ofRows = rows.Remove(entry.EntryId, out var ofEntry) ? Planner.Plan(entry, ofEntry, mayChange, rejects) : null;
            if (ofRows is not null || Planner.LeftOut > leftOut)
            {
                Open.Add(entry.EntryId);
            }

            if ((health is null ? ofRows : health.Watch(entry, ofRows, mayChange)) is { } change)
            {
                ChangedEntries++;
                WriteCalls += (change.Fields.Count + AffinityApi.MostUpdates - 1) / AffinityApi.MostUpdates;
                before.WriteRecord([.. KeysOf(entry), .. sync.EveryField.Select((field, column) => texts[field.Field.Id].Of(entry.Values[column].Value))]);
                await batches.AddAsync(change, cancellationToken);
            }
        }
    }

    private static IEnumerable<string> KeysOf(EntrySnapshot entry) =>
    [
        entry.EntryId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        entry.EntityId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        entry.Name ?? "",
        entry.Domains.Count > 0 ? entry.Domains[0] : "",
    ];
}
