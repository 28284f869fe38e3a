using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Files;

namespace AffinityDurable.Sources.Http.Records;

/// <summary>Rows and records that are none, on disk until all have come: nothing that was read half is given to anybody.</summary>
internal sealed class RecordSpool : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly StreamWriter rows;
    private readonly string malformedPath;
    private readonly StreamWriter malformed;

    public RecordSpool(WorkFolder folder)
    {
        RowsPath = folder.File("records");
        rows = new StreamWriter(folder.Create(RowsPath), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferBytes);
        malformedPath = folder.File("malformed");
        malformed = new StreamWriter(folder.Create(malformedPath));
    }

    /// <summary>One line a row, without a header: a mark, so that no line is blank, and the cells in quotes up to the last that has a text.</summary>
    public string RowsPath { get; }

    public long Rows { get; private set; }

    public long Malformed { get; private set; }

    /// <param name="cells">By the place of their column.</param>
    /// <exception cref="ProblemException">No room is left (AFF237).</exception>
    public void Add(IReadOnlyDictionary<int, string?> cells)
    {
        rows.Write('r');
        var at = 0;
        foreach (var (place, text) in cells.OrderBy(cell => cell.Key))
        {
            if (text is null)
            {
                continue;
            }

            for (; at <= place; at++)
            {
                rows.Write(',');
            }

            rows.Write('"');
            rows.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
            rows.Write('"');
        }

        rows.Write('\n');
        Rows++;
    }

    /// <param name="place">Which record, for people: its number and page.</param>
    /// <param name="problem">Why it is no row.</param>
    public void Add(string place, RecordProblem problem)
    {
        Malformed++;
        malformed.WriteLine(JsonSerializer.Serialize(new MalformedRecord(Rows + Malformed, Rows + Malformed, problem.Code.Id, $"{place} {problem.Reason}.")));
    }

    /// <summary>Nothing is added any more.</summary>
    public void Complete()
    {
        rows.Dispose();
        malformed.Dispose();
    }

    public async IAsyncEnumerable<MalformedRecord> ReadMalformedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in File.ReadLinesAsync(malformedPath, cancellationToken).ConfigureAwait(false))
        {
            yield return JsonSerializer.Deserialize<MalformedRecord>(line)!;
        }
    }

    public void Dispose()
    {
        try
        {
            Complete();
        }
        catch (ProblemException)
        {
            // There was no room, which ended the read before.
        }
    }
}
