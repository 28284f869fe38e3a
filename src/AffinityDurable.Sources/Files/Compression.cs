using AffinityDurable.Core.Errors;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;
using ZstdSharp;

namespace AffinityDurable.Sources.Files;

/// <summary>Files that were compressed as a whole, as the ending of their name says.</summary>
internal static class Compression
{
    public static bool Has(string name) => IsGzip(name) || IsZstandard(name);

    /// <summary>The content of a compressed file; the bytes as they are for any other. Owns them.</summary>
    public static Stream Unpack(Stream stream, string name) =>
        IsGzip(name) ? new GZipInputStream(stream, 128 * 1024) // That of .NET does not notice that a file was cut off.
        : IsZstandard(name) ? new DecompressionStream(stream, leaveOpen: false)
        : stream;

    /// <summary>What a failure to unpack means; null when it is none.</summary>
    public static Problem? Explain(string name, Exception exception) => exception is SharpZipBaseException or ZstdException or EndOfStreamException or InvalidDataException
        ? Problem.Of(FileErrors.BadCompression, $"'{name}' cannot be unpacked.")
        : null;

    private static bool IsGzip(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static bool IsZstandard(string name) => name.EndsWith(".zst", StringComparison.OrdinalIgnoreCase);
}
