using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary>Cancels runs: what works sees the note in the state store, and an event ends what waits.</summary>
public sealed class CancelDesk(CancelBook cancellations, IRunStore store)
{
    /// <summary>Notes that a run is to end and wakes it. Repeating it wakes the run once more.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="by">Who asks for it, where that is known.</param>
    /// <param name="reason">Why, where it is said.</param>
    /// <param name="client">Wakes the run.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Why the run cannot be cancelled (AFF721, AFF751); null when it can.</returns>
    public async Task<Problem?> CancelAsync(RunId runId, string? by, string? reason, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);
        ArgumentNullException.ThrowIfNull(client);
        var id = runId.ToString();
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: false, cancellationToken);
        if (instance is null or { IsCompleted: true })
        {
            return await EndedAsync(id, isKnown: instance is not null, cancellationToken);
        }

        await cancellations.RequestAsync(id, by, reason, cancellationToken);
        await client.RaiseEventAsync(id, CancelEvent.Name, new CancelEvent(), cancellationToken);
        return null;
    }

    private async Task<Problem> EndedAsync(string runId, bool isKnown, CancellationToken cancellationToken)
    {
        var report = await store.ReadJsonAsync<RunReport>(runId, Artefacts.Report, cancellationToken);
        return report is null && !isKnown
            ? Problem.Of(HostErrors.NotThere, $"There is no run '{runId}'.")
            : Problem.Of(OrchestrationErrors.AlreadyEnded, $"Run {runId} ended {report?.Outcome.ToString() ?? "without a report"}.");
    }
}
