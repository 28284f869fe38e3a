using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;

namespace AffinityDurable.Core.Applying;

/// <summary>
/// Applies one batch, entry by entry, and journals every acknowledgement. It may be called any number of times for a batch: what is
/// settled is not touched again, what an interrupted attempt may have written is read first.
/// </summary>
public sealed class BatchApplier(AffinityClient client, IRunStore store, LeaseKeeper leases, HoldBook holds, CancelBook cancellations, TimeProvider clock)
{
    /// <summary>Entries in a row without a usable answer that are an outage and not their own trouble.</summary>
    private const int OutageAfter = 3;

    /// <summary>Writes of one entry without a usable answer, in earlier attempts, after which it is given up.</summary>
    private const int GiveUpAfter = 4;

    private static readonly TimeSpan LeaseCheckInterval = TimeSpan.FromSeconds(3);

    /// <summary>Applies what is left of a batch, until it is done, a limit is near, or the lease is lost.</summary>
    public async Task<BatchOutcome> ApplyAsync(BatchOrder order, CancellationToken cancellationToken)
    {
        var changes = await LoadAsync(order, cancellationToken);
        var earlier = await Journal.LoadAsync(store, order.RunId, order.Batch, cancellationToken);
        await using var journal = await JournalWriter.OpenAsync(store, order.RunId, order.Batch, earlier.Attempts, clock, cancellationToken);
        var calls = new ThrottledCalls(new CallGate(PolicyOf(order), clock), clock);
        var lease = new LeaseWatch(leases, holds, cancellations, order, clock, LeaseCheckInterval);
        var writer = new EntryWriter(client, order, journal, calls);
        var applier = new EntryApplier(writer, new CallWriter(writer, calls, lease), earlier, new MergedEntries(client, store, order, calls));

        var open = changes.Where(change => applier.OpenFields(change).Count > 0).ToList();
        var outcome = await ApplyAsync(order, open, applier, earlier, calls, lease, cancellationToken);
        await journal.CloseAsync(cancellationToken);
        return outcome;
    }

    private async Task<BatchOutcome> ApplyAsync(
        BatchOrder order,
        List<EntryChange> open,
        EntryApplier applier,
        Journal earlier,
        ThrottledCalls calls,
        LeaseWatch lease,
        CancellationToken cancellationToken)
    {
        var unanswered = new List<(EntryChange Change, AffinityFault Fault)>();
        var settled = 0;
        var inARow = 0;
        foreach (var change in open)
        {
            if (await lease.StopAsync(cancellationToken) is { } stopped)
            {
                return Outcome(stop: stopped);
            }

            if (calls.Blocked is { } wait)
            {
                return Outcome(wait);
            }

            var tooOld = order.ReadFirst || clock.GetUtcNow() - order.ReadAt >= order.Sync.Definition.RecheckAfter;
            var fault = await applier.ApplyAsync(change, tooOld, cancellationToken);
            if (fault is { Kind: FaultKind.Unavailable } && ++inARow < OutageAfter)
            {
                // Perhaps this entry alone: the others have their turn.
                unanswered.Add((change, fault));
            }
            else if (fault is not null)
            {
                return await lease.StopAsync(cancellationToken) is { } lost ? Outcome(stop: lost)
                    : CallFailure.EndsRun(fault) is { } stop ? Outcome(stop: stop)
                    : Outcome(calls.WaitFor(fault));
            }
            else
            {
                settled++;
                inARow = 0;
            }
        }

        foreach (var (change, fault) in unanswered.Where(IsHopeless))
        {
            await applier.GiveUpAsync(change, fault, cancellationToken);
            settled++;
        }

        return settled == open.Count ? Outcome() : Outcome(calls.WaitFor(unanswered[^1].Fault));

        bool IsHopeless((EntryChange Change, AffinityFault Fault) entry) =>
            earlier.TimesUnsure(entry.Change.EntryId) >= GiveUpAfter && (settled > 0 || earlier.HasSettled);

        BatchOutcome Outcome(Wait? wait = null, ErrorCode? stop = null) =>
            new(order.Batch, settled, open.Count - settled, calls.Calls, wait, stop?.Id, calls.Window);
    }

    private async Task<List<EntryChange>> LoadAsync(BatchOrder order, CancellationToken cancellationToken)
    {
        var changes = new List<EntryChange>(PlanBuilder.BatchSize);
        await foreach (var change in store.ReadLinesAsync<EntryChange>(order.RunId, Artefacts.Batch(order.Batch), cancellationToken: cancellationToken))
        {
            changes.Add(change);
        }

        return changes;
    }

    private static ThrottlePolicy PolicyOf(BatchOrder order) =>
        new(order.Sync.Definition.MaxParallelBatches, order.Sync.Definition.MinuteSharePercent);
}
