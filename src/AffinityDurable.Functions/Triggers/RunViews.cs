using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Verifying;
using AffinityDurable.Functions.Orchestrations;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary>Looks at runs: where one stands, and its report once it has ended.</summary>
public sealed class RunViews(IRunStore store)
{
    /// <summary>The run as it stands; null when nobody knows it.</summary>
    public async Task<RunView?> FindAsync(RunId runId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(runId.ToString(), getInputsAndOutputs: true, cancellationToken);
        var report = await store.ReadJsonAsync<RunReport>(runId.ToString(), Artefacts.Report, cancellationToken);
        return instance is null && report is null ? null : await ViewAsync(runId, instance, report, client, cancellationToken);
    }

    private static async Task<RunView> ViewAsync(
        RunId runId,
        OrchestrationMetadata? instance,
        RunReport? report,
        DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var status = instance?.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<RunStatus>();
        if (PartIdFor(runId.ToString(), status?.Phase) is { } partId)
        {
            var part = await client.GetInstanceAsync(partId, getInputsAndOutputs: true, cancellationToken);
            status = part?.SerializedCustomStatus is null ? status : part.ReadCustomStatusAs<RunStatus>();
        }

        return new RunView(runId.ToString(), instance?.RuntimeStatus.ToString(), instance?.IsCompleted == true ? null : status, report);
    }

    /// <summary>The instance that does the work of a phase; null when the run does it itself.</summary>
    private static string? PartIdFor(string runId, string? phase) => phase switch
    {
        RunPhase.ApplyingCanary => ApplyOrchestrator.CanaryIdFor(runId),
        RunPhase.VerifyingCanary => VerifyOrchestrator.IdFor(runId, VerifiedParts.Canary),
        RunPhase.Applying => ApplyOrchestrator.IdFor(runId),
        RunPhase.Verifying => VerifyOrchestrator.IdFor(runId, VerifiedParts.Rest),
        _ => null,
    };
}

/// <summary>A run as it stands; answer of <see cref="GetRun"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="RuntimeStatus">Status of the orchestration; null once it was purged.</param>
/// <param name="Status">Where it stands, while it is under way.</param>
/// <param name="Report">What it did, once it has ended.</param>
public sealed record RunView(string RunId, string? RuntimeStatus, RunStatus? Status, RunReport? Report);
