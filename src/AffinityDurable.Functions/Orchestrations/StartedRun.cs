using AffinityDurable.Core.Runs;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>How a run ended for the orchestration that started it.</summary>
internal enum StartedRun
{
    /// <summary>It has come to its end.</summary>
    Ended,

    /// <summary>It failed, was terminated or broke.</summary>
    Failed,

    /// <summary>Its plan waits for an approval: it goes on by itself.</summary>
    Waiting,
}

/// <summary>Runs that an orchestration starts and follows.</summary>
internal static class StartedRuns
{
    /// <summary>Runs a sync to its end, or until its plan waits for an approval.</summary>
    public static async Task<StartedRun> RunSyncAsync(this TaskOrchestrationContext context, string runId, SyncInput input)
    {
        var run = context.CallSubOrchestratorAsync<RunResult>(nameof(SyncOrchestrator), input, new SubOrchestrationOptions(instanceId: runId));
        using var ended = new CancellationTokenSource();
        var waits = context.WaitForExternalEvent<ApprovalEvent>(NightlyOrchestrator.WaitingEvent(runId), ended.Token);
        if (await Task.WhenAny(run, waits) == waits)
        {
            return StartedRun.Waiting;
        }

#pragma warning disable CA1849 // CancelAsync would leave the orchestrator's thread.
        ended.Cancel();
#pragma warning restore CA1849
        try
        {
            return (await run).Outcome == RunOutcome.Failed ? StartedRun.Failed : StartedRun.Ended;
        }
        catch (TaskFailedException)
        {
            return StartedRun.Failed;
        }
    }
}
