using System.Globalization;
using System.Text;

namespace AffinityDurable.Core.Runs;

/// <summary>Turns run ids, artefact names and state keys into file names and back, one to one and without a way out of the folder.</summary>
/// <remarks>
/// Letters, digits, <c>-</c>, <c>_</c>, <c>@</c> and inner dots stay; every other byte of the UTF-8 form becomes <c>%xx</c>.
/// File names therefore never start with a dot, which leaves dot files to the stores themselves.
/// On file systems without regard to case, names that differ only in case are the same.
/// </remarks>
public static class StoreName
{
    /// <summary>Longest encoded segment; file systems allow 255 bytes.</summary>
    private const int MaxSegmentLength = 240;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A relative path with <c>/</c>, each of its segments as a file name, with <c>/</c> between them.</summary>
    /// <exception cref="ArgumentException">Empty, rooted, or with empty, <c>.</c> or <c>..</c> segments.</exception>
    public static string ToKey(string name) => string.Join('/', Segments(name).Select(ToSegment));

    /// <summary>The name behind a key given by <see cref="ToKey"/>.</summary>
    public static string FromKey(string key) => string.Join('/', key.Split('/').Select(FromSegment));

    /// <summary>As <see cref="ToKey"/>, as a relative path of this operating system.</summary>
    /// <exception cref="ArgumentException">Empty, rooted, or with empty, <c>.</c> or <c>..</c> segments.</exception>
    public static string ToPath(string name) => Path.Combine([.. Segments(name).Select(ToSegment)]);

    /// <summary>The name behind a path given by <see cref="ToPath"/>.</summary>
    public static string FromPath(string path) =>
        string.Join('/', path.Split(Path.DirectorySeparatorChar).Select(FromSegment));

    /// <summary>One segment as a file name.</summary>
    /// <exception cref="ArgumentException">Empty, too long, or not valid Unicode.</exception>
    public static string ToSegment(string segment)
    {
        if (segment.Length == 0)
        {
            throw new ArgumentException("A name in a store is not empty.", nameof(segment));
        }

        var reserved = IsReservedOnWindows(segment);
        var bytes = Utf8.GetBytes(segment);
        var encoded = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            var keep = IsPlain(bytes[i]) || (bytes[i] == '.' && i > 0 && i < bytes.Length - 1);
            _ = keep && !(reserved && i == 0)
                ? encoded.Append((char)bytes[i])
                : encoded.Append(CultureInfo.InvariantCulture, $"%{bytes[i]:x2}");
        }

        return encoded.Length <= MaxSegmentLength
            ? encoded.ToString()
            : throw new ArgumentException($"A name in a store has at most {MaxSegmentLength} characters; this one has {encoded.Length}.", nameof(segment));
    }

    /// <summary>The segment behind a file name.</summary>
    public static string FromSegment(string fileName)
    {
        if (!fileName.Contains('%', StringComparison.Ordinal))
        {
            return fileName;
        }

        var bytes = new List<byte>(fileName.Length);
        for (var i = 0; i < fileName.Length; i++)
        {
            if (fileName[i] == '%' && i + 2 < fileName.Length
                && byte.TryParse(fileName.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add((byte)fileName[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string[] Segments(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var segments = name.Split('/');
        return segments.Any(segment => segment is "" or "." or "..") || name.Contains('\\', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("A name in a store is a relative path with '/', without empty, '.' or '..' segments.", nameof(name))
            : segments;
    }

    private static bool IsPlain(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_' or (byte)'@';

    private static bool IsReservedOnWindows(string segment)
    {
        var stem = segment.Split('.')[0].ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL"
            || (stem.Length == 4 && (stem[..3] is "COM" or "LPT") && char.IsAsciiDigit(stem[3]));
    }
}
