using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Activities;

namespace AffinityDurable.Functions.Orchestrations;

/// <content>Steps of runs that do not make their plan from a source.</content>
internal sealed partial class SyncRun
{
    /// <summary>Takes over a stored plan, and the lease of its list.</summary>
    public async Task<RunError?> OpenPlanAsync()
    {
        if (await OpenAsync(nameof(OpenPlan)) is { } notOpened)
        {
            return notOpened;
        }

        TakePlan(opened!.Plan!);
        readFirst = true;
        return null;
    }

    /// <summary>Holds the sync and takes the lease of the list.</summary>
    public Task<RunError?> OpenUndoAsync()
    {
        ignoresHold = true;
        return OpenAsync(nameof(OpenUndo));
    }

    /// <summary>Reads what the fields that the undone run has written show now.</summary>
    public async Task<RunError?> ReadUndoneAsync()
    {
        board.Show(board.Now with { Phase = RunPhase.ReadingAgain });
        listReadAt = context.Now();
        var scope = await StepAsync<PreparedUndo>(nameof(PrepareUndo), new PrepareUndoInput(runId));
        ValuesSlice? slice = null;
        for (var number = 0; scope.Entries > 0 && slice?.IsLast != true; number++)
        {
            slice = await StepAsync<ValuesSlice>(nameof(ReadUndoValues), new ReadUndoValuesInput(runId, scope.ListEntries, number, slice?.Next));
            minute = CallWindow.Merge(minute, slice.Window);
            if (await TakeAsync(slice.Calls, slice.Progress, slice.Wait, slice.Failure) is { } error)
            {
                return error;
            }

            board.Show(board.Now with { Entries = board.Now.Entries + slice.Entries, Calls = readCalls });
        }

        return null;
    }

    public async Task PlanUndoAsync()
    {
        board.Show(board.Now with { Phase = RunPhase.Planning });
        TakePlan(await StepAsync<BuiltPlan>(nameof(BuildUndo), new BuildUndoInput(runId, listReadAt, userLimit)));
    }

    /// <summary>Records the values that were read as ours.</summary>
    public async Task AdoptAsync()
    {
        board.Show(board.Now with { Phase = RunPhase.Adopting });
        await StepAsync<AdoptedValues>(nameof(AdoptValues), new AdoptValuesInput(runId));
    }

    private void TakePlan(BuiltPlan built)
    {
        plan = built;
        board.Show(board.Now with { PlannedEntries = built.ChangedEntries });
    }
}
