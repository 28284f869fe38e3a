using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.Records;

/// <summary>
/// The first line of every row. Rows mostly follow line by line, so only the breakpoints are kept, and those on disk:
/// how many rows follow each other, and how many lines are skipped then.
/// </summary>
internal sealed class LineMap(JournalFile journal)
{
    private long _expected = 1;
    private long _run;

    /// <summary>Takes the rows in their order.</summary>
    public void Add(long line)
    {
        if (line != _expected)
        {
            journal.Writer.Write7BitEncodedInt64(_run);
            journal.Writer.Write7BitEncodedInt64(line - _expected);
            _run = 0;
        }

        _run++;
        _expected = line + 1;
    }

    /// <summary>The lines in the order of the rows, without end.</summary>
    public IEnumerable<long> Read()
    {
        using var reader = journal.OpenRead();
        var line = 1L;
        while (reader is not null && reader.BaseStream.Position < reader.BaseStream.Length)
        {
            for (var run = reader.Read7BitEncodedInt64(); run > 0; run--)
            {
                yield return line++;
            }

            line += reader.Read7BitEncodedInt64();
        }

        while (true)
        {
            yield return line++;
        }
    }
}
