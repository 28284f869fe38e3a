using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Planning;

/// <summary>Finds what shows a breach best, in the artefacts of the run and of the last good one.</summary>
public sealed class GuardExamples(IRunStore store)
{
    /// <summary>The findings, with examples where they are breaches.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="definition">Its definition.</param>
    /// <param name="findings">What the guards found.</param>
    /// <param name="lastGood">The run it was measured by, if any.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<IReadOnlyList<GuardFinding>> AddToAsync(
        string runId,
        SyncDefinition definition,
        IReadOnlyList<GuardFinding> findings,
        LastGoodRun? lastGood,
        CancellationToken cancellationToken)
    {
        var shown = new List<GuardFinding>(findings.Count);
        foreach (var finding in findings)
        {
            var examples = finding.Breached ? await FindAsync(runId, definition, finding, lastGood, cancellationToken) : [];
            shown.Add(finding with { Examples = [.. examples.Take(MostTelling.Most)] });
        }

        return shown;
    }

    private async Task<IReadOnlyList<GuardExample>> FindAsync(
        string runId, SyncDefinition definition, GuardFinding finding, LastGoodRun? lastGood, CancellationToken cancellationToken) => finding.Rule switch
        {
            GuardRules.Rejected => await RejectsAsync(runId, definition, cancellationToken),
            GuardRules.Unmatched => await UnmatchedAsync(runId, definition, cancellationToken),
            GuardRules.RowDrop or GuardRules.CoverageDrop => lastGood is null ? [] : await UncoveredAsync(runId, finding.Subject ?? definition.Sources[0].Name, lastGood.RunId, cancellationToken),
            _ => await PlannedAsync(runId, finding, cancellationToken),
        };

    private async Task<IReadOnlyList<GuardExample>> PlannedAsync(string runId, GuardFinding finding, CancellationToken cancellationToken)
    {
        var planned = store.ReadLinesIfThereAsync<GuardExamplesOf>(runId, Artefacts.GuardExamples, cancellationToken);
        var about = finding.FieldId ?? finding.Subject;
        return await planned.Where(one => one.Rule == finding.Rule && one.Of == about)
            .SelectMany(one => one.Examples)
            .ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<GuardExample>> UnmatchedAsync(string runId, SyncDefinition definition, CancellationToken cancellationToken)
    {
        var examples = new List<GuardExample>();
        foreach (var source in definition.Sources)
        {
            var staging = await store.ReadJsonAsync<StagingSummary>(runId, Artefacts.StagingSummary(source.Name), cancellationToken);
            examples.AddRange(staging?.FirstUnmatched.Select(row => new GuardExample(row.Key ?? "a row without a key", Line: row.Line)) ?? []);
        }

        return examples;
    }

    /// <summary>Some of each kind, the most frequent kind first.</summary>
    private async Task<IReadOnlyList<GuardExample>> RejectsAsync(string runId, SyncDefinition definition, CancellationToken cancellationToken)
    {
        var kinds = new Dictionary<string, RejectKind>(StringComparer.Ordinal);
        await foreach (var (_, reject) in store.ReadSourceRejectsAsync(runId, definition, cancellationToken))
        {
            KindOf(reject.Code).Add(() => new GuardExample($"{reject.Code} {reject.Reason}", reject.EntryId, Line: reject.Line));
        }

        await foreach (var reject in store.ReadLinesIfThereAsync<Reject>(runId, Artefacts.PlanRejects, cancellationToken))
        {
            KindOf(reject.Code).Add(() => new GuardExample($"{reject.Code} {reject.Reason}", reject.EntryId, reject.Name, reject.Line));
        }

        var frequent = kinds.Values.OrderByDescending(kind => kind.Count).ToList();
        return [.. Enumerable.Range(0, MostTelling.Most).SelectMany(turn => frequent.SelectMany(kind => kind.First.Skip(turn).Take(1)))];

        RejectKind KindOf(string code) => kinds.TryGetValue(code, out var kind) ? kind : kinds[code] = new RejectKind();
    }

    /// <summary>Entries that had a row in the last good run and have none now; those that are still on the list first.</summary>
    private async Task<IReadOnlyList<GuardExample>> UncoveredAsync(string runId, string source, string lastGoodRunId, CancellationToken cancellationToken)
    {
        var gone = await store.ReadLinesIfThereAsync<StagedRow>(lastGoodRunId, Artefacts.StagedRows(source), cancellationToken)
            .Select(row => row.EntryId)
            .ToHashSetAsync(cancellationToken: cancellationToken);
        await foreach (var row in store.ReadLinesIfThereAsync<StagedRow>(runId, Artefacts.StagedRows(source), cancellationToken))
        {
            gone.Remove(row.EntryId);
        }

        var examples = new List<GuardExample>();
        await foreach (var entry in store.ReadSnapshotAsync(runId, cancellationToken))
        {
            if (examples.Count == MostTelling.Most)
            {
                return examples;
            }

            if (gone.Remove(entry.EntryId))
            {
                examples.Add(new GuardExample("had a row in the last good run, has none now", entry.EntryId, entry.Name));
            }
        }

        return [.. examples, .. gone.Order().Select(id => new GuardExample("had a row in the last good run, is not on the list any more", id))];
    }

    private sealed class RejectKind
    {
        public int Count { get; private set; }

        public List<GuardExample> First { get; } = [];

        public void Add(Func<GuardExample> example)
        {
            Count++;
            if (First.Count < MostTelling.Most)
            {
                First.Add(example());
            }
        }
    }
}
