using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.Csv;

/// <summary>The malformed records of a file, on disk: there may be as many as lines.</summary>
internal sealed class MalformedLog(JournalFile journal)
{
    public void Add(long firstLine, RecordFrame frame)
    {
        journal.Writer.Write7BitEncodedInt64(firstLine);
        journal.Writer.Write7BitEncodedInt(frame.Lines);
        journal.Writer.Write((byte)frame.Fault);
        journal.Writer.Write7BitEncodedInt(frame.Fields);
    }

    public IEnumerable<MalformedRecord> Read(int columns)
    {
        using var reader = journal.OpenRead();
        while (reader is not null && reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var first = reader.Read7BitEncodedInt64();
            var last = first + reader.Read7BitEncodedInt() - 1;
            var fault = (RecordFault)reader.ReadByte();
            yield return new MalformedRecord(first, last, CodeOf(fault).Id, Reason(fault, first, last, reader.Read7BitEncodedInt(), columns));
        }
    }

    public static ErrorCode CodeOf(RecordFault fault) => fault switch
    {
        RecordFault.WrongFieldCount => SourceErrors.WrongFieldCount,
        RecordFault.UnterminatedQuote => SourceErrors.UnterminatedQuote,
        RecordFault.StrayQuote => SourceErrors.StrayQuote,
        RecordFault.InvalidUtf8 => SourceErrors.InvalidUtf8,
        RecordFault.NulByte => SourceErrors.NulByte,
        RecordFault.TooLong => SourceErrors.RecordTooLong,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private static string Reason(RecordFault fault, long first, long last, int fields, int columns)
    {
        var place = first == last ? $"Line {first}" : $"Record in lines {first} to {last}";
        return fault switch
        {
            RecordFault.WrongFieldCount => $"{place} has {fields} {(fields == 1 ? "field" : "fields")}, the header has {columns}.",
            RecordFault.UnterminatedQuote =>
                $"{place} opens a quoted field that does not close within {RecordFramer.MaxLines} lines or 1 MB; reading went on at the next line.",
            RecordFault.StrayQuote => $"{place} begins a record with a quote inside an unquoted field, or with text after a closing quote.",
            RecordFault.InvalidUtf8 => $"{place} is not valid UTF-8.",
            RecordFault.NulByte => $"{place} contains a NUL byte.",
            _ => $"{place} is longer than 1 MB.",
        };
    }
}
