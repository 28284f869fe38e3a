using System.Buffers;
using System.Text.Unicode;
using AffinityDurable.Sources.Records;

namespace AffinityDurable.Sources.Csv;

/// <summary>
/// Finds the end of the next record in bytes and decides whether it is a row, by RFC 4180: LF, CRLF or CR ends a line, a quote may open a field
/// only as its first byte, is doubled inside, and must close directly before a delimiter or the end of the record.
/// <para>
/// Recovery. After a quoting fault, where records end is a guess, so the smallest one is made: the record is its first physical line only, and framing
/// resumes at the next line. A quoted field that does not close within <see cref="RecordLimits.MaxLines"/> lines or <see cref="RecordLimits.MaxBytes"/> counts as unterminated.
/// So one lost quote costs one line wherever the next quote does not happen to stand where a closing one may. Other faults (field count, encoding, NUL)
/// leave the frame certain and cost exactly the lines of the record.
/// </para>
/// </summary>
/// <param name="delimiter">One ASCII byte.</param>
/// <param name="expectedFields">Fields of the header; 0 takes any number.</param>
internal sealed class RecordFramer(byte delimiter, int expectedFields) : IRecordFramer
{
    private const byte Quote = (byte)'"';
    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';

    private readonly SearchValues<byte> _fieldEnds = SearchValues.Create([delimiter, Quote, Lf, Cr]);

    /// <inheritdoc/>
    public RecordFrame Next(ReadOnlySpan<byte> bytes, bool final)
    {
        var reach = bytes[..Math.Min(bytes.Length, RecordLimits.MaxBytes + 1)];
        var end = reach.IndexOfAny(Lf, Cr, Quote);
        if (end >= 0 && reach[end] == Quote)
        {
            return NextQuoted(bytes, final);
        }

        return end < 0 && reach.Length > RecordLimits.MaxBytes
            ? FirstLine(bytes, final, RecordFault.TooLong)
            : Complete(bytes, end < 0 ? bytes.Length : end, 1, bytes[..(end < 0 ? bytes.Length : end)].Count(delimiter) + 1);
    }

    private static int LineEndLength(ReadOnlySpan<byte> bytes, int at) =>
        at >= bytes.Length ? 0 : bytes[at] == Cr && at + 1 < bytes.Length && bytes[at + 1] == Lf ? 2 : 1;

    private RecordFrame NextQuoted(ReadOnlySpan<byte> bytes, bool final)
    {
        var (at, lines, fields) = (0, 1, 1);
        while (true)
        {
            var fault = SkipField(bytes, ref at, ref lines);
            if (fault != RecordFault.None)
            {
                return FirstLine(bytes, final, fault);
            }

            if (at == bytes.Length || bytes[at] is Lf or Cr)
            {
                return at > RecordLimits.MaxBytes ? FirstLine(bytes, final, RecordFault.TooLong) : Complete(bytes, at, lines, fields);
            }

            at++;
            fields++;
        }
    }

    /// <summary>Moves to the byte after a field: a delimiter, a line end, or the end of the bytes.</summary>
    private RecordFault SkipField(ReadOnlySpan<byte> bytes, ref int at, ref int lines)
    {
        if (at < bytes.Length && bytes[at] == Quote)
        {
            return SkipQuotedField(bytes, ref at, ref lines);
        }

        var reach = bytes[..Math.Min(bytes.Length, RecordLimits.MaxBytes + 1)];
        var length = at > reach.Length ? -1 : reach[at..].IndexOfAny(_fieldEnds);
        if (length < 0)
        {
            at = bytes.Length;
            return bytes.Length > RecordLimits.MaxBytes ? RecordFault.TooLong : RecordFault.None;
        }

        at += length;
        return bytes[at] == Quote ? RecordFault.StrayQuote : RecordFault.None;
    }

    private RecordFault SkipQuotedField(ReadOnlySpan<byte> bytes, ref int at, ref int lines)
    {
        var reach = bytes[..Math.Min(bytes.Length, RecordLimits.MaxBytes + 1)];
        for (at++; at < reach.Length;)
        {
            var length = reach[at..].IndexOfAny(Quote, Lf, Cr);
            if (length < 0)
            {
                return RecordFault.UnterminatedQuote;
            }

            at += length;
            if (bytes[at] != Quote)
            {
                at += LineEndLength(bytes, at);
                if (++lines > RecordLimits.MaxLines)
                {
                    return RecordFault.UnterminatedQuote;
                }
            }
            else if (at + 1 < bytes.Length && bytes[at + 1] == Quote)
            {
                at += 2;
            }
            else
            {
                at++;
                return at == bytes.Length || bytes[at] == delimiter || bytes[at] is Lf or Cr ? RecordFault.None : RecordFault.StrayQuote;
            }
        }

        return RecordFault.UnterminatedQuote;
    }

    private RecordFrame Complete(ReadOnlySpan<byte> bytes, int contentLength, int lines, int fields)
    {
        var content = bytes[..contentLength];
        var fault = contentLength == 0 ? RecordFault.None
            : content.Contains((byte)0) ? RecordFault.NulByte
            : !Utf8.IsValid(content) ? RecordFault.InvalidUtf8
            : expectedFields != 0 && fields != expectedFields ? RecordFault.WrongFieldCount
            : RecordFault.None;
        return new RecordFrame(contentLength + LineEndLength(bytes, contentLength), contentLength, lines, fields, fault);
    }

    private static RecordFrame FirstLine(ReadOnlySpan<byte> bytes, bool final, RecordFault fault)
    {
        // The last byte at hand may be the CR of a CRLF: it waits for what follows.
        var end = (final ? bytes : bytes[..^1]).IndexOfAny(Lf, Cr);
        var content = end >= 0 ? end : final ? bytes.Length : bytes.Length - 1;
        return new RecordFrame(end >= 0 ? end + LineEndLength(bytes, end) : content, content, 1, 0, fault, end < 0 && !final);
    }
}
