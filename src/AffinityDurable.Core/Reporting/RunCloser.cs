using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Health;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Reporting;

/// <summary>Closes a run from its artefacts: adds up the journals, records what was written, writes <c>rejects.csv</c> and the report.</summary>
public sealed class RunCloser(
    IRunStore store,
    LastWrittenStore lastWritten,
    GoodRuns goodRuns,
    HealthStore health,
    PendingRows pending,
    LastSuccesses successes,
    TimeProvider clock)
{
    /// <summary>Conflicts that the report itself shows.</summary>
    private const int MostConflicts = 50;

    private readonly RunNotes notes = new(lastWritten, goodRuns);

    /// <summary>Closes a run that holds no list.</summary>
    public Task<RunReport> CloseAsync(RunEnding ending, CancellationToken cancellationToken) =>
        CloseAsync(ending, _ => Task.FromResult(true), cancellationToken);

    /// <summary>Closes the run. Repeating it writes the same report.</summary>
    /// <param name="ending">How it ended.</param>
    /// <param name="holdsList">Asked before what was written is recorded: once another run has the list, its own record is newer.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<RunReport> CloseAsync(RunEnding ending, Func<CancellationToken, Task<bool>> holdsList, CancellationToken cancellationToken)
    {
        var runId = ending.RunId;
        var request = await store.RequireJsonAsync<RunRequest>(runId, Artefacts.Request, cancellationToken);
        var sync = await store.ReadJsonAsync<ResolvedSync>(runId, Artefacts.ResolvedSync, cancellationToken);
        var plan = await store.ReadJsonAsync<PlanSummary>(runId, Artefacts.PlanSummary, cancellationToken);
        var guards = await store.ReadJsonAsync<IReadOnlyList<GuardFinding>>(runId, Artefacts.Guards, cancellationToken) ?? [];
        var known = await notes.OfAsync(runId, request, sync, plan, cancellationToken);

        var tally = new ClosingTally(store, runId, sync);
        await tally.AddUpAsync(ending.Applied ? plan : null, cancellationToken);
        var outcome = OutcomeOf(ending, sync, guards, tally);
        var deliveryNotes = new List<string>();
        if (sync is not null && request is { Mode: RunMode.Apply } && !ending.PlanOnly && await holdsList(cancellationToken))
        {
            deliveryNotes.AddRange(await SettleDeliveryAsync(ending, request, sync, plan, tally, cancellationToken));
        }

        if (sync is not null && ending.Applied && await holdsList(cancellationToken))
        {
            await lastWritten.MergeAsync(sync, runId, tally.Written, cancellationToken);
            await NoteHealthAsync(sync, runId, request, ending, cancellationToken);
            await RecordIfGoodAsync(ending, request, sync, plan?.Sources ?? [], outcome, cancellationToken);
        }

        var report = new RunReport
        {
            RunId = runId,
            Sync = request.Sync,
            ListId = sync?.List.Id,
            ListName = sync?.List.Name,
            Mode = ending.PlanOnly ? RunMode.Plan : request.Mode,
            Trigger = request.Trigger,
            Outcome = outcome,
            Error = await ErrorOfAsync(ending, sync, cancellationToken) ?? (ending.Applied ? null : FirstBreach(guards)),
            StartedAt = ending.StartedAt,
            EndedAt = clock.GetUtcNow(),
            DefinitionETag = sync?.DefinitionETag,
            Plan = plan,
            Records = plan is null ? null : RecordsOf(plan, tally.Totals, ending.Applied),
            Writes = ending.Applied ? tally.Totals.Writes : null,
            Verification = tally.Verification,
            Guards = guards,
            Health = await store.ReadJsonAsync<HealthSummary>(runId, Artefacts.HealthSummary, cancellationToken),
            Conflicts = await ConflictsAsync(runId, cancellationToken),
            Approval = await store.ReadJsonAsync<PlanApproval>(runId, Artefacts.Approval, cancellationToken),
            PlanOf = request.PlanOf,
            Undoes = request.Undo?.RunId,
            By = request.By,
            Adopted = await store.ReadJsonAsync<AdoptedFigures>(runId, Artefacts.Adopted, cancellationToken),
            RejectsByCode = tally.RejectsByCode,
            Calls = ending.Calls,
            Waits = ending.Waits,
            Notes = [.. known, .. tally.Notes, .. deliveryNotes, .. VerifyNotes(ending)],
        };
        await store.WriteJsonAsync(runId, Artefacts.Report, report, cancellationToken);
        return report;
    }

    /// <summary>What sources of changes have brought is taken out of the pending rows where it is delivered, and stays there else.</summary>
    private async Task<IReadOnlyList<string>> SettleDeliveryAsync(
        RunEnding ending, RunRequest request, ResolvedSync sync, PlanSummary? plan, ClosingTally tally, CancellationToken cancellationToken)
    {
        if (request.Undo is not null || !PendingRows.Concern(sync.Definition))
        {
            return [];
        }

        if (plan is null)
        {
            await pending.BeginAsync(sync, ending.RunId, request, ending.StartedAt, open: null, cancellationToken);
        }

        var left = await pending.EndAsync(sync, ending.RunId, tally.Delivered, cancellationToken);
        var leftNothing = ending is { Applied: true, Error: null } && tally.Totals.FieldsDeferred == 0;
        if (leftNothing && plan is not null && request is { IsRestricted: false, PlanOf: null })
        {
            await successes.RecordAsync(sync, plan.ReadAt, cancellationToken);
        }

        return left == 0 ? [] : [FormattableString.Invariant($"{left} rows of sources that deliver changes are pending: later runs deliver them, also when the sources do not send them again.")];
    }

    /// <summary>A full run that went to its end is what the next one compares with.</summary>
    private async Task NoteHealthAsync(ResolvedSync sync, string runId, RunRequest request, RunEnding ending, CancellationToken cancellationToken)
    {
        if (sync.Health is not null && !request.IsRestricted && ending.Error is null)
        {
            await health.PointToAsync(sync, runId, cancellationToken);
        }
    }

    /// <summary>An orchestration knows an error by its code; what it says may quote content and is in the store.</summary>
    private async Task<RunError?> ErrorOfAsync(RunEnding ending, ResolvedSync? sync, CancellationToken cancellationToken)
    {
        var told = ending.Error is null ? null
            : await SourceErrorAsync(ending.RunId, sync, cancellationToken) ?? await store.ReadJsonAsync<RunError>(ending.RunId, Artefacts.Error, cancellationToken);
        return told?.Code == ending.Error?.Code ? told : ending.Error;
    }

    /// <summary>Why sources could not be read, all of them in one error; null where it is none of them that ended the run.</summary>
    private async Task<RunError?> SourceErrorAsync(string runId, ResolvedSync? sync, CancellationToken cancellationToken)
    {
        var errors = new List<RunError>();
        foreach (var source in sync?.Definition.Sources ?? [])
        {
            if (await store.ReadJsonAsync<RunError>(runId, Artefacts.SourceError(source.Name), cancellationToken) is { } error)
            {
                errors.Add(sync!.Definition.Sources.Count > 1 ? error with { Message = $"Source '{source.Name}': {error.Message}" } : error);
            }
        }

        return errors.Count == 0 ? null : errors[0] with { Message = string.Join(" ", errors.Select(error => error.Message)) };
    }

    private static RunOutcome OutcomeOf(RunEnding ending, ResolvedSync? sync, IReadOnlyList<GuardFinding> guards, ClosingTally tally)
    {
        if (ending.Skipped)
        {
            return RunOutcome.Skipped;
        }

        if (ending.Error is { } error)
        {
            return OutcomeOf(error.Code);
        }

        if (!ending.Applied && guards.Any(guard => guard.Breached))
        {
            return RunOutcome.Blocked;
        }

        var tolerated = sync?.Definition.TolerateRejects ?? 0;
        var incomplete = RejectsOf(tally) > tolerated || tally.Totals.FieldsDrifted > 0 || tally.Totals.FieldsDeferred > 0;
        return incomplete || tally.Verification is { Mismatched: > 0 } or { Unverified: > 0 } ? RunOutcome.Partial : RunOutcome.Succeeded;
    }

    /// <summary>Values that came back otherwise were written, and are tolerated by no number.</summary>
    private static long RejectsOf(ClosingTally tally) =>
        tally.RejectsByCode.Where(code => code.Key != AffinityErrors.Mismatch.Id).Sum(code => code.Value);

    private static IEnumerable<string> VerifyNotes(RunEnding ending) => ending.VerifyStop is { } stop
        ? [$"What was written could not all be read back: {stop} {ErrorCodes.Get(stop).Title}."]
        : [];

    private static RunOutcome OutcomeOf(string errorCode)
    {
        string[] blocked = [AffinityErrors.WritesDisabled.Id, DecisionErrors.Held.Id, DecisionErrors.PlanOnly.Id, DecisionErrors.ApprovalTimedOut.Id];
        string[] cancelled = [OrchestrationErrors.Cancelled.Id, DecisionErrors.Declined.Id, DecisionErrors.Superseded.Id];
        return blocked.Contains(errorCode) ? RunOutcome.Blocked
            : cancelled.Contains(errorCode) ? RunOutcome.Cancelled
            : errorCode == AffinityErrors.MonthlyLimit.Id ? RunOutcome.Partial
            : RunOutcome.Failed;
    }

    private static RunError? FirstBreach(IReadOnlyList<GuardFinding> guards) =>
        guards.FirstOrDefault(guard => guard.Breached) is { } breach
            ? new RunError(breach.Code, breach.Message, ErrorCodes.Get(breach.Code).Cure)
            : null;

    private static RecordFigures RecordsOf(PlanSummary plan, ApplyTotals totals, bool applied)
    {
        var records = plan.Records;
        var rejected = records.Rejected + totals.RowsRefused;
        var deferred = applied ? totals.RowsDeferred : records.Changed;
        return new RecordFigures(
            records.Read,
            records.Malformed,
            records.Unmatched,
            records.OutOfScope,
            rejected,
            records.Unchanged,
            totals.RowsApplied,
            totals.RowsDrifted,
            deferred)
        {
            Superseded = records.Superseded,
        };
    }

    /// <summary>The first conflicts: edits by people before what is only reported.</summary>
    private async Task<IReadOnlyList<Conflict>> ConflictsAsync(string runId, CancellationToken cancellationToken)
    {
        var edits = new List<Conflict>();
        var others = new List<Conflict>();
        await foreach (var conflict in store.ReadLinesIfThereAsync<Conflict>(runId, Artefacts.Conflicts, cancellationToken))
        {
            var shown = conflict.IsHumanEdit ? edits : others;
            if (shown.Count < MostConflicts)
            {
                shown.Add(conflict);
            }
        }

        return [.. edits.Concat(others).Take(MostConflicts)];
    }

    /// <summary>A run that wrote what it had planned for the whole list is what the next one is measured by.</summary>
    private async Task RecordIfGoodAsync(
        RunEnding ending,
        RunRequest request,
        ResolvedSync sync,
        IReadOnlyList<SourceFigures> sources,
        RunOutcome outcome,
        CancellationToken cancellationToken)
    {
        var isGood = ending.Error is null
            && outcome is RunOutcome.Succeeded or RunOutcome.Partial
            && request is { Mode: RunMode.Apply, Canary: null }
            && Guard.IsWholeTruth(sync.Definition, request);
        if (isGood && sources.Count > 0)
        {
            await goodRuns.RecordAsync(request.Sync, sync.List.Id, ending.RunId, ending.StartedAt, sources, cancellationToken);
        }
    }
}
