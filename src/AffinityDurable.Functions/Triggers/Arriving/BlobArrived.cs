using AffinityDurable.Functions.Arrivals;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.Functions.Triggers.Arriving;

/// <summary>Takes messages about files that have arrived: of Event Grid on Azure, of watched folders on the embedded host.</summary>
public sealed class BlobArrived(ArrivalDesk desk)
{
    [Function(nameof(BlobArrived))]
    public async Task RunAsync(
        [QueueTrigger("%Arrivals:Queue%", Connection = "ArrivalsStorage")] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        foreach (var file in StorageEvents.Read(message))
        {
            await desk.AnnounceAsync(file, client, cancellationToken);
        }
    }
}
