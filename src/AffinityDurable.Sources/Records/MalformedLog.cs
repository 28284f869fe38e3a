using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.Records;

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

    /// <summary>The records in the order of the file.</summary>
    /// <param name="columns">What the header has.</param>
    /// <param name="file">Named in the reasons where a source has several; else null.</param>
    public IEnumerable<MalformedRecord> Read(int columns, string? file)
    {
        using var reader = journal.OpenRead();
        while (reader is not null && reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var first = reader.Read7BitEncodedInt64();
            var last = first + reader.Read7BitEncodedInt() - 1;
            var fault = (RecordFault)reader.ReadByte();
            yield return new MalformedRecord(first, last, CodeOf(fault).Id, (file is null ? "" : $"'{file}': ") + Reason(fault, first, last, reader.Read7BitEncodedInt(), columns));
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
        RecordFault.NotJson => FileErrors.NotJson,
        RecordFault.DuplicateKey => FileErrors.DuplicateKey,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private static string Reason(RecordFault fault, long first, long last, int fields, int columns)
    {
        var place = first == last ? $"Line {first}" : $"Record in lines {first} to {last}";
        return fault switch
        {
            RecordFault.WrongFieldCount => $"{place} has {fields} {(fields == 1 ? "field" : "fields")}, the header has {columns}.",
            RecordFault.UnterminatedQuote =>
                $"{place} opens a quoted field that does not close within {RecordLimits.MaxLines} lines or 1 MB; reading went on at the next line.",
            RecordFault.StrayQuote => $"{place} begins a record with a quote inside an unquoted field, or with text after a closing quote.",
            RecordFault.InvalidUtf8 => $"{place} is not valid UTF-8.",
            RecordFault.NulByte => $"{place} contains a NUL character.",
            RecordFault.NotJson => $"{place} is not one JSON object, or has a key without a name.",
            RecordFault.DuplicateKey => $"{place} gives one key twice.",
            _ => $"{place} is longer than 1 MB.",
        };
    }
}
