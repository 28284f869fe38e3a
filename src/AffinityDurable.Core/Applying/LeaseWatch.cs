using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Holds;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Applying;

/// <summary>Asks every few seconds whether the run may still write: it holds the lease of its list, and nobody cancelled it or holds the sync.</summary>
internal sealed class LeaseWatch(LeaseKeeper leases, HoldBook holds, CancelBook cancellations, BatchOrder order, TimeProvider clock, TimeSpan interval)
{
    private long? lastCheck;
    private ErrorCode? stop;

    /// <summary>Why the run has to stop; null while it may go on.</summary>
    public async ValueTask<ErrorCode?> StopAsync(CancellationToken cancellationToken)
    {
        if (lastCheck is null || clock.GetElapsedTime(lastCheck.Value) >= interval)
        {
            stop = await CheckAsync(cancellationToken);
            lastCheck = clock.GetTimestamp();
        }

        return stop;
    }

    private async Task<ErrorCode?> CheckAsync(CancellationToken cancellationToken) =>
        !await leases.KeepAsync(order.Sync.List.Id, order.RunId, order.LeaseEpoch, cancellationToken) ? HostErrors.LeaseLost
        : await cancellations.FindAsync(order.RunId, cancellationToken) is not null ? OrchestrationErrors.Cancelled
        : !order.IgnoresHold && await holds.FindAsync(order.Sync.Definition.Sync, cancellationToken) is not null ? DecisionErrors.Held
        : null;
}
