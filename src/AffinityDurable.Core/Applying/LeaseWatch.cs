using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Applying;

/// <summary>Asks every few seconds whether the run still holds the lease of its list.</summary>
internal sealed class LeaseWatch(LeaseKeeper leases, BatchOrder order, TimeProvider clock, TimeSpan interval)
{
    private long? lastCheck;
    private bool held;

    public async ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        if (lastCheck is null || clock.GetElapsedTime(lastCheck.Value) >= interval)
        {
            held = await leases.HoldsAsync(order.Sync.List.Id, order.RunId, order.LeaseEpoch, cancellationToken);
            lastCheck = clock.GetTimestamp();
        }

        return held;
    }
}
