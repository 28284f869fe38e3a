using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Syncs;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Functions.Activities;

/// <summary>Checks the plan against the guards of the definition.</summary>
public sealed class CheckGuards(IRunStore store, FrozenSyncs syncs, GoodRuns goodRuns, GuardExamples examples)
{
    [Function(nameof(CheckGuards))]
    public Task<GuardVerdict> RunAsync([ActivityTrigger] CheckGuardsInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(input.RunId, () => CheckAsync(input, cancellationToken));

    private async Task<GuardVerdict> CheckAsync(CheckGuardsInput input, CancellationToken cancellationToken)
    {
        var sync = await syncs.GetAsync(input.RunId, cancellationToken);
        var plan = await store.RequireJsonAsync<PlanSummary>(input.RunId, Artefacts.PlanSummary, cancellationToken);
        var request = await store.RequireJsonAsync<RunRequest>(input.RunId, Artefacts.Request, cancellationToken);
        if (request.PlanOf is not null)
        {
            // What stood against the plan when it was made stands against it still.
            var stored = await store.RequireJsonAsync<IReadOnlyList<GuardFinding>>(input.RunId, Artefacts.Guards, cancellationToken);
            return new GuardVerdict(stored.Count(finding => finding.Breached));
        }

        var wholeTruth = Guard.IsWholeTruth(sync.Definition, request);
        var lastGood = wholeTruth ? await goodRuns.FindAsync(request.Sync, sync.List.Id, cancellationToken) : null;
        var findings = Guard.Check(plan, sync, wholeTruth, lastGood);
        await store.WriteJsonAsync(
            input.RunId, Artefacts.Guards, await examples.AddToAsync(input.RunId, sync.Definition, findings, lastGood, cancellationToken), cancellationToken);
        return new GuardVerdict(findings.Count(finding => finding.Breached));
    }
}
