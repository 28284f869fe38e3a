using System.Security.Cryptography;
using System.Text.Json;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Planning;

/// <summary>Cuts entry changes into batches, stores them and hashes what it stores.</summary>
internal sealed class BatchWriter(IRunStore store, string runId, int batchSize) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream lines = new();
    private int pending;

    public int Batches { get; private set; }

    public async Task AddAsync(EntryChange change, CancellationToken cancellationToken)
    {
        JsonSerializer.Serialize(lines, change, RunJson.Options);
        lines.WriteByte((byte)'\n');
        if (++pending == batchSize)
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
        pending = 0;
        lines.SetLength(0);
    }
}
