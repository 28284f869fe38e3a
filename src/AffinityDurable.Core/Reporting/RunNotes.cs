using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Reporting;

/// <summary>What the reader of a report should know besides the figures: what the run could not know.</summary>
internal sealed class RunNotes(LastWrittenStore lastWritten, GoodRuns goodRuns)
{
    public async Task<IReadOnlyList<string>> OfAsync(
        string runId,
        RunRequest request,
        ResolvedSync? sync,
        PlanSummary? plan,
        CancellationToken cancellationToken)
    {
        if (sync is null || request.Mode == RunMode.Adopt)
        {
            return [];
        }

        var notes = new List<string>();
        if (!await lastWritten.IsKnownBeforeAsync(runId, request.Sync, sync.List.Id, cancellationToken))
        {
            notes.Add("No earlier state was found for this sync and list: nothing is known of what was written before.");
        }

        if (Guard.IsWholeTruth(sync.Definition, request) && !await goodRuns.IsKnownBeforeAsync(runId, request.Sync, sync.List.Id, cancellationToken))
        {
            notes.Add("No earlier good run of the whole list is known: the guards that compare with one were left out.");
        }

        if (plan?.Sources.Sum(source => source.Pending) is { } pending and > 0)
        {
            notes.Add(FormattableString.Invariant($"{pending} of the rows were read by earlier runs and were still pending."));
        }

        notes.AddRange((plan?.Fields ?? []).Where(field => field.WithoutEarlierState > 0).Select(WithoutEarlierState));
        return notes;
    }

    private static string WithoutEarlierState(FieldSummary field) =>
        $"Field \"{field.Name}\": of {field.WithoutEarlierState} entries nothing is known of what was written before, so onConflict: humanWins left their values as they are. `adopt` records live values as ours.";
}
