using AffinityDurable.Functions.Arrivals;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers.Arriving;

/// <summary>Ticks every five minutes and looks into the buckets of sources with <c>onArrival: true</c>.</summary>
public sealed class ArrivalTimer(ArrivalWatch watch)
{
    [Function(nameof(ArrivalTimer))]
    public Task RunAsync([TimerTrigger("30 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        watch.LookAsync(client, cancellationToken);
}
