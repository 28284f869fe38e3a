using System.Security.Cryptography;
using System.Text;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>Name-based GUIDs (RFC 9562 version 5) that come out the same on every replay.</summary>
internal static class DeterministicGuid
{
    private static readonly byte[] Namespace = Guid.Parse("9e952958-5e33-4daf-827f-2fa12937b875").ToByteArray(bigEndian: true);

    public static Guid Create(string name)
    {
#pragma warning disable CA5350 // RFC 9562 prescribes SHA-1 for version 5; nothing here is a secret
        var hash = SHA1.HashData([.. Namespace, .. Encoding.UTF8.GetBytes(name)]);
#pragma warning restore CA5350
        var bytes = hash.AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
