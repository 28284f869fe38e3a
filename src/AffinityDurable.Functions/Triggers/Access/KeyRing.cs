using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>The keys that the settings name.</summary>
public sealed class KeyRing(IOptions<AccessOptions> options)
{
    private const int LongestKey = 200;

    private readonly List<(byte[] Digest, Caller Caller)> keys =
        [.. options.Value.Keys.Select(key => (ApiKey.BytesOf(key.Value.Hash!)!, new Caller(key.Key, ApiKey.RoleOf(key.Value.Role)!.Value)))];

    /// <summary>Whose key it is; null for one that is not known. Takes the same time for each: all hashes are compared, to their end.</summary>
    public Caller? Find(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length > LongestKey)
        {
            return null;
        }

        var digest = ApiKey.Digest(key);
        Caller? found = null;
        foreach (var known in keys)
        {
            found = CryptographicOperations.FixedTimeEquals(known.Digest, digest) ? known.Caller with { } : found;
        }

        return found;
    }
}
