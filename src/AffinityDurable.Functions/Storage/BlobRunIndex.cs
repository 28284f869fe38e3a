using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;

namespace AffinityDurable.Functions.Storage;

/// <summary>
/// Which runs there are, newest first, in one listing: an empty blob a run, <c>index/{time that counts down}-{run}</c>.
/// <c>runs/{run}/.started</c> keeps the time, so that whoever goes on with a run writes the same entry.
/// </summary>
internal sealed class BlobRunIndex(BlobContainer container, TimeProvider time)
{
    /// <summary>In every run's folder. Encoded names never start with a dot.</summary>
    public const string StartedMarker = ".started";

    private const string Prefix = "index/";
    private const int TimeLength = 19;
    private const int MostKnown = 1_000;

    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);

    /// <summary>Makes sure that a run is listed. It is called when the run has its first artefact, and asks once a process and run.</summary>
    public async Task AddAsync(string run, CancellationToken cancellationToken)
    {
        if (known.ContainsKey(run))
        {
            return;
        }

        var started = await StartedAsync(run, cancellationToken);
        var countdown = (DateTime.MaxValue.Ticks - started.UtcTicks).ToString($"D{TimeLength}", CultureInfo.InvariantCulture);
        var entry = container.Client.GetBlobClient($"{Prefix}{countdown}-{run}");
        await container.AskAsync(() => entry.UploadAsync(BinaryData.Empty, overwrite: true, cancellationToken), cancellationToken);
        if (known.Count >= MostKnown)
        {
            known.Clear();
        }

        known[run] = true;
    }

    /// <summary>The runs as segments of names, newest first.</summary>
    public async IAsyncEnumerable<string> NewestFirstAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in container.ListAsync(Prefix, cancellationToken))
        {
            yield return entry.Name[(Prefix.Length + TimeLength + 1)..];
        }
    }

    private Task<DateTimeOffset> StartedAsync(string run, CancellationToken cancellationToken)
    {
        var marker = container.Client.GetBlobClient($"{BlobRunStore.Folder}{run}/{StartedMarker}");
        var now = time.GetUtcNow();
        return container.AskAsync(
            async () =>
            {
                try
                {
                    var first = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
                    await marker.UploadAsync(BinaryData.FromString(now.ToString("O", CultureInfo.InvariantCulture)), first, cancellationToken);
                    return now;
                }
                catch (RequestFailedException exists) when (exists.ErrorCode == BlobErrorCode.BlobAlreadyExists)
                {
                    var content = await marker.DownloadContentAsync(cancellationToken);
                    return DateTimeOffset.Parse(content.Value.Content.ToString(), CultureInfo.InvariantCulture);
                }
            },
            cancellationToken);
    }
}
