using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Shows a plan that waits for an approval, and asks the person at the terminal.</summary>
internal sealed class WaitingPlan(Session session, string runId, RunStatus status)
{
    private const int ChangesShown = 20;

    /// <summary>Whether the plan is approved here and now; else it says how that is done later.</summary>
    public async Task<bool> IsApprovedAsync(PlanAnswer answer, CancellationToken stop)
    {
        await ShowAsync(stop);
        if (answer.Approve || await session.Terminal.ConfirmAsync("Write this plan?", stop))
        {
            return true;
        }

        session.Terminal.Line();
        session.Terminal.Line($"Nothing is written: run {runId} waits for an approval until {status.WaitUntil:u}.");
        session.Terminal.Line($"Answer with one of: affinity-durable approve {runId}");
        session.Terminal.Line($"                    affinity-durable decline {runId}");
        return false;
    }

    /// <summary>The changes of the plan, and the guards that it breaches.</summary>
    public async Task ShowAsync(CancellationToken stop)
    {
        var store = session.RunStore;
        var plan = await store.RequireJsonAsync<PlanSummary>(runId, Artefacts.PlanSummary, stop);
        await new PlannedChanges(session.Terminal, store).WriteAsync(runId, plan, ChangesShown, stop);
        var guards = await store.ReadJsonAsync<IReadOnlyList<GuardFinding>>(runId, Artefacts.Guards, stop) ?? [];
        foreach (var breach in guards.Where(guard => guard.Breached))
        {
            session.Terminal.Line($"Breached: {breach}");
        }
    }
}
