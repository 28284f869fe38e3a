using AffinityDurable.Functions.Work;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers;

/// <summary>
/// Ticks every five minutes and wakes those who look after pending work: for work that was kept by a process that died before it could say
/// so, of syncs that were released, and of runs whose plan was approved.
/// </summary>
public sealed class WorkTimer(WorkStarter starter)
{
    [Function(nameof(WorkTimer))]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        starter.WakeAllAsync(client, cancellationToken);
}
