using System.Security.Cryptography;
using System.Text.Json;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Planning;

/// <summary>Cuts entry changes into batches, stores them and hashes what it stores.</summary>
/// <param name="store">Takes the batches.</param>
/// <param name="runId">The run.</param>
/// <param name="batchSize">Entry changes in a batch, at most.</param>
/// <param name="canary">So many entry changes, the first ones, share no batch with the rest; 0 for none.</param>
internal sealed class BatchWriter(IRunStore store, string runId, int batchSize, int canary) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream lines = new();
    private int pending;
    private int added;

    public int Batches { get; private set; }

    /// <summary>The first so many batches hold the canary.</summary>
    public int CanaryBatches { get; private set; }

    public async Task AddAsync(EntryChange change, CancellationToken cancellationToken)
    {
        JsonSerializer.Serialize(lines, change, RunJson.Options);
        lines.WriteByte((byte)'\n');
        added++;
        if (++pending == batchSize || added == canary)
        {
            await StoreAsync(cancellationToken);
        }
    }

    /// <summary>Stores what is left and gives the plan's hash.</summary>
    public async Task<string> CompleteAsync(CancellationToken cancellationToken)
    {
        if (pending > 0)
        {
            await StoreAsync(cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose() => hash.Dispose();

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        var bytes = lines.GetBuffer().AsMemory(0, (int)lines.Length);
        hash.AppendData(bytes.Span);
        await store.WriteAsync(runId, Artefacts.Batch(Batches), async (stream, ct) => await stream.WriteAsync(bytes, ct), cancellationToken);
        Batches++;
        CanaryBatches = added <= canary ? Batches : CanaryBatches;
        pending = 0;
        lines.SetLength(0);
    }
}
