using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Orchestrations;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Activities;

/// <summary>Lets a run at its list: looks at the hold of the sync, then takes the lease.</summary>
public sealed class ListEntrance(HoldBook holds, LeaseKeeper leases)
{
    /// <summary>What a run may do with a list. Repeating it gives the same lease.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="request">What it was asked for.</param>
    /// <param name="definition">Its definition, with the list that it works on.</param>
    /// <param name="client">Tells whether the run that has the list is under way.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<ListEntry> TryEnterAsync(
        string runId,
        RunRequest request,
        SyncDefinition definition,
        DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (request.Mode == RunMode.Plan)
        {
            return new ListEntry();
        }

        var hold = Ignores(request) ? null : await holds.FindAsync(definition, cancellationToken);
        if (hold is { Activity: SyncActivity.PlanOnly } && request.Trigger == RunTrigger.Schedule)
        {
            return new ListEntry { PlanOnly = true };
        }

        if (hold is not null)
        {
            var code = hold.Activity == SyncActivity.Held ? DecisionErrors.Held : DecisionErrors.PlanOnly;
            return new ListEntry { Error = RunErrors.Of(code, $"Sync '{definition.Sync}' is {hold}.") };
        }

        var lease = await leases.TryTakeAsync(definition.ListId, runId, client.IsUnderWayAsync, cancellationToken);
        return lease.Taken ? new ListEntry { LeaseEpoch = lease.Epoch } : new ListEntry { HeldBy = lease.HeldBy };
    }

    /// <summary>An undo is what a held sync waits for, and adopting writes nothing.</summary>
    private static bool Ignores(RunRequest request) => request.Undo is not null || request.Mode == RunMode.Adopt;
}

/// <summary>Whether a run may work on its list.</summary>
public sealed record ListEntry
{
    /// <summary>Epoch of the lease; 0 when none was taken.</summary>
    public long LeaseEpoch { get; init; }

    /// <summary>The run that has the list.</summary>
    public string? HeldBy { get; init; }

    /// <summary>A scheduled run of a sync that only plans.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>The sync is kept from writing.</summary>
    public RunError? Error { get; init; }
}
