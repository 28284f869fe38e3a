using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Activities;

/// <summary>Opens a run that writes the stored plan of another: takes over its artefacts as they are, and the lease of its list.</summary>
public sealed class OpenPlan(StoredPlans plans, ListEntrance entrance, RunRequests requests, IRunStore store, ErrorNotes errors)
{
    [Function(nameof(OpenPlan))]
    public Task<OpenedRun> RunAsync([ActivityTrigger] OpenRunInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => OpenAsync(input, client, cancellationToken));

    private async Task<OpenedRun> OpenAsync(OpenRunInput input, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var request = await requests.EnsureAsync(input.RunId, input.Request, cancellationToken);
        var planOf = request.PlanOf!;
        if (await plans.ProblemAsync(planOf, cancellationToken) is { } problem)
        {
            return OpenedRun.Failed(await errors.KeepAsync(input.RunId, [problem], cancellationToken));
        }

        var sync = await store.RequireJsonAsync<ResolvedSync>(planOf, Artefacts.ResolvedSync, cancellationToken);
        var definition = sync.Definition with { ListId = sync.List.Id };
        var entry = await entrance.TryEnterAsync(input.RunId, request, definition, client, cancellationToken);
        if (entry.Error is null && entry.HeldBy is null)
        {
            await plans.CopyAsync(planOf, input.RunId, cancellationToken);
        }

        var plan = await store.RequireJsonAsync<PlanSummary>(planOf, Artefacts.PlanSummary, cancellationToken);
        return OpenedRun.Of(definition, entry) with
        {
            Plan = new BuiltPlan(plan.Batches, plan.ChangedEntries, CanaryBatches: plan.CanaryBatches),
            Error = entry.Error is null ? null : await errors.KeepAsync(input.RunId, entry.Error, cancellationToken),
        };
    }
}
