using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AffinityDurable.Functions.Triggers.Access;

/// <summary>Keys of the HTTP API: made once, shown once, known to the host by their hash.</summary>
/// <remarks>A key holds 256 random bits, so nobody guesses one from its hash, and a slow or salted hash would add nothing.</remarks>
public static class ApiKey
{
    /// <summary>What every key starts with: scanners for leaked secrets find it by that.</summary>
    public const string Prefix = "adk_";

    private const string HashPrefix = "sha256:";
    private const int RandomBytes = 32;
    private const int LongestName = 40;

    /// <summary>A new key.</summary>
    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>The hash of a key as the settings have it.</summary>
    public static string HashOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return HashPrefix + Convert.ToHexStringLower(Digest(key));
    }

    /// <summary>Whether a key can be named so: the name is part of the names of environment variables and of secrets in Key Vault.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= LongestName && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit);
    }

    /// <summary>The role that a key may have; null for any other word.</summary>
    internal static Role? RoleOf(string? role) =>
        string.Equals(role, nameof(Role.Reader), StringComparison.OrdinalIgnoreCase) ? Role.Reader
        : string.Equals(role, nameof(Role.Operator), StringComparison.OrdinalIgnoreCase) ? Role.Operator
        : null;

    /// <summary>The bytes of a hash; null when it is none.</summary>
    internal static byte[]? BytesOf(string hash)
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        var isHex = hash.StartsWith(HashPrefix, StringComparison.OrdinalIgnoreCase)
            && hash.Length == HashPrefix.Length + (2 * bytes.Length)
            && Convert.FromHexString(hash.AsSpan(HashPrefix.Length), bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        return isHex ? bytes : null;
    }

    internal static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
