using System.Security.Cryptography;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Planning;

/// <summary>The hash that names a plan: SHA-256 over its batches as they are stored, in order.</summary>
public static class PlanHash
{
    private const int BufferSize = 1 << 16;

    /// <summary>Whether the stored batches are those that the plan's summary names.</summary>
    public static async Task<bool> FitsAsync(IRunStore store, string runId, PlanSummary plan, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var batch = 0; batch < plan.Batches; batch++)
        {
            await using var stream = await store.OpenReadAsync(runId, Artefacts.Batch(batch), cancellationToken);
            if (stream is null)
            {
                return false;
            }

            await AppendAsync(hash, stream, cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == plan.Hash;
    }

    private static async Task AppendAsync(IncrementalHash hash, Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }
    }
}
