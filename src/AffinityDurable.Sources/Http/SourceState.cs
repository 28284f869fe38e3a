using System.Security.Cryptography;
using System.Text;

namespace AffinityDurable.Sources.Http;

/// <summary>Where a source keeps its state.</summary>
internal static class SourceState
{
    /// <summary>One place for each sync, connection and URL.</summary>
    public static string KeyOf(string sync, HttpSettings settings) =>
        $"sources/{(sync.Length == 0 ? "none" : sync)}/{Hash($"{settings.Connection}\n{settings.Method}\n{settings.Url}")[..16]}";

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
