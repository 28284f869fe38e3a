using System.Text.Unicode;
using AffinityDurable.Sources.Records;

namespace AffinityDurable.Sources.JsonLines;

/// <summary>Lines that LF or CRLF ends, in valid UTF-8.</summary>
internal sealed class JsonLineFramer : IRecordFramer
{
    private const byte Lf = (byte)'\n';

    /// <inheritdoc/>
    public RecordFrame Next(ReadOnlySpan<byte> bytes, bool final)
    {
        var end = bytes.IndexOf(Lf);
        var content = end < 0 ? bytes : bytes[..end];
        if (content is [.., (byte)'\r'])
        {
            content = content[..^1];
        }

        if (content.Length > RecordLimits.MaxBytes)
        {
            return new RecordFrame(end < 0 ? bytes.Length : end + 1, content.Length, 1, 0, RecordFault.TooLong, end < 0 && !final);
        }

        return new RecordFrame(end < 0 ? bytes.Length : end + 1, content.Length, 1, 0, Utf8.IsValid(content) ? RecordFault.None : RecordFault.InvalidUtf8);
    }
}
