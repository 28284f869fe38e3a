using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Activities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>
/// Looks after the pending work of one list: waits until it is due and the list is free, then makes one run for each sync of all that has
/// come together. A singleton with the fixed id <c>targeted@{list}</c>; each round is a history of its own. It ends when nothing is left.
/// </summary>
public static class TargetedOrchestrator
{
    private static readonly TimeSpan FirstBusyWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestBusyWait = TimeSpan.FromMinutes(1);

    /// <summary>The list was free when the run was started: who took it first needs not longer than a night.</summary>
    private static readonly TimeSpan RunWaits = TimeSpan.FromHours(6);

    public static string IdFor(long listId) => FormattableString.Invariant($"targeted@{listId}");

    [Function(nameof(TargetedOrchestrator))]
    public static async Task<TargetedEnd> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<TargetedInput>()!;
        context.SetCustomStatus(new TargetedStatus(input.IsLastLook ? TargetedPhase.Ending : TargetedPhase.Looking));
        var found = await context.CallActivityAsync<FoundWork>(nameof(FindWork), new FindWorkInput(input.ListId, context.Now()), Retries.Infrastructure);
        if (input.IsLastLook && found.IsNothing)
        {
            return new TargetedEnd(input.ListId);
        }

        var next = new TargetedInput(input.ListId);
        if (found.IsNothing)
        {
            next = next with { IsLastLook = true };
        }
        else if (found.HeldBy is not null)
        {
            await WaitForListAsync(context, found.HeldBy, input.BusyLooks);
            next = next with { BusyLooks = input.BusyLooks + 1 };
        }
        else if (found.Due.Count == 0)
        {
            await SleepAsync(context, found.NextAt!.Value);
        }
        else
        {
            await RunAllAsync(context, input.ListId, found.Due);
        }

        context.ContinueAsNew(next);
        return new TargetedEnd(input.ListId);
    }

    /// <summary>Work that comes meanwhile becomes part of the same run: it is taken when the list is free.</summary>
    private static async Task WaitForListAsync(TaskOrchestrationContext context, string heldBy, int looks)
    {
        var wait = FirstBusyWait * (1 << Math.Min(looks, 4));
        wait = wait < LongestBusyWait ? wait : LongestBusyWait;
        context.SetCustomStatus(new TargetedStatus(TargetedPhase.WaitingForList, context.Now() + wait, heldBy));
        await context.CreateTimer(wait, CancellationToken.None);
    }

    private static async Task SleepAsync(TaskOrchestrationContext context, DateTimeOffset until)
    {
        var left = until - context.Now();
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        context.SetCustomStatus(new TargetedStatus(TargetedPhase.Sleeping, until));
        try
        {
            await context.WaitForExternalEvent<WorkEvent>(WorkEvent.Name, left, CancellationToken.None);
        }
        catch (TaskCanceledException)
        {
            // The time has come.
        }
    }

    private static async Task RunAllAsync(TaskOrchestrationContext context, long listId, IReadOnlyList<string> syncs)
    {
        foreach (var sync in syncs)
        {
            context.SetCustomStatus(new TargetedStatus(TargetedPhase.Running, Sync: sync));
            var runId = RunId.ForAdHoc(sync, context.NewGuid()).ToString();
            var taken = await context.CallActivityAsync<TakenRun>(
                nameof(TakeWork), new TakeWorkInput(listId, sync, runId, context.Now()), Retries.Infrastructure);
            if (taken.Items > 0)
            {
                // However it ends: the next look finds what it has left undone.
                await context.RunSyncAsync(runId, new SyncInput(sync, RunMode.Apply, taken.Trigger, context.Now() + RunWaits));
            }
        }
    }
}
