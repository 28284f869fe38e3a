using System.Globalization;
using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Arrivals;
using AffinityDurable.Functions.Telemetry;
using AffinityDurable.Sources.Files.Arrivals;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Triggers.Arriving;

/// <summary>Takes messages about files that have arrived: of Event Grid on Azure, of watched folders on the embedded host.</summary>
public sealed partial class BlobArrived(ArrivalDesk desk, ILogger<BlobArrived> logger)
{
    /// <summary>After so many attempts a host gives a message up: <c>maxDequeueCount</c> in host.json, and fixed in the embedded host.</summary>
    public const int MostAttempts = 5;

    private const int MostNames = 10;

    [Function(nameof(BlobArrived))]
    public async Task RunAsync(
        [QueueTrigger("%Arrivals:Queue%", Connection = "ArrivalsStorage")] string message,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<ArrivedFile> files = [];
        try
        {
            files = StorageEvents.Read(message);
            foreach (var file in files)
            {
                await desk.AnnounceAsync(file, client, cancellationToken);
            }
        }
        catch (Exception exception) when (AttemptOf(context) >= MostAttempts)
        {
            EventSignals.GivenUpArrival();
            LogGivenUp(logger, TextOf(context, "Id"), AttemptOf(context), NamesOf(files), exception is ProblemException problem ? problem.Problems[0].Code : exception.GetType().Name);
            throw;
        }
    }

    /// <summary>Which attempt it is, from 1; 0 for a host that does not say.</summary>
    private static long AttemptOf(FunctionContext context) =>
        long.TryParse(TextOf(context, "DequeueCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) ? attempt : 0;

    private static string? TextOf(FunctionContext context, string name) =>
        context.BindingContext.BindingData.TryGetValue(name, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private static string NamesOf(IReadOnlyList<ArrivedFile> files) =>
        files.Count == 0 ? "a message that names none" : string.Join(", ", files.Take(MostNames).Select(file => file.Name));

    [LoggerMessage(1063, LogLevel.Error, "News of files is given up: message {Message}, after {Attempts} attempts; {Files} ({Error}). It is kept in the queue for poison")]
    private static partial void LogGivenUp(ILogger logger, string? message, long attempts, string files, string error);
}
