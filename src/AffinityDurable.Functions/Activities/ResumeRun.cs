using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Activities;

/// <summary>Takes the list again for a plan that was approved, and makes sure that what is stored is still this plan.</summary>
public sealed class ResumeRun(ListEntrance entrance, FrozenSyncs syncs, IRunStore store, ErrorNotes errors)
{
    [Function(nameof(ResumeRun))]
    public Task<ResumedRun> RunAsync([ActivityTrigger] ResumeRunInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => ResumeAsync(input, client, cancellationToken));

    private async Task<ResumedRun> ResumeAsync(ResumeRunInput input, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var sync = await syncs.GetAsync(input.RunId, cancellationToken);
        var plan = await store.RequireJsonAsync<PlanSummary>(input.RunId, Artefacts.PlanSummary, cancellationToken);
        if (!await PlanHash.FitsAsync(store, input.RunId, plan, cancellationToken))
        {
            var changed = Problem.Of(DecisionErrors.PlanNotApplicable, $"The batches of run {input.RunId} are not those that were approved.");
            return new ResumedRun(0, Error: await errors.KeepAsync(input.RunId, [changed], cancellationToken));
        }

        var request = await store.RequireJsonAsync<RunRequest>(input.RunId, Artefacts.Request, cancellationToken);
        var entry = await entrance.TryEnterAsync(
            input.RunId, request with { Trigger = RunTrigger.Http }, sync.Definition with { ListId = sync.List.Id }, client, cancellationToken);
        return new ResumedRun(
            entry.LeaseEpoch,
            entry.HeldBy,
            entry.Error is null ? null : await errors.KeepAsync(input.RunId, entry.Error, cancellationToken));
    }
}
