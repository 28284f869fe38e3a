using System.IO.Compression;
using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Seeding;

/// <summary>An account as it was at one moment, packed in memory: a few bytes a value.</summary>
internal sealed class AccountCopy
{
    private readonly byte[] _packed;

    private AccountCopy(byte[] packed) => _packed = packed;

    public static async Task<AccountCopy> TakeAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        using var packed = new MemoryStream();
        await using (var packing = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            await SeedFile.SaveAsync(tenant, packing, cancellationToken);
        }

        return new AccountCopy(packed.ToArray());
    }

    public async Task<Tenant> UnpackAsync(CancellationToken cancellationToken)
    {
        await using var unpacking = new BrotliStream(new MemoryStream(_packed), CompressionMode.Decompress);
        return await SeedFile.LoadAsync(unpacking, cancellationToken);
    }
}
