using System.Text;
using System.Text.Json;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Databases;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>The rows of one partition, read one after the other from its JSON.</summary>
/// <param name="body">The body of the answer.</param>
/// <param name="start">Where its array of rows begins.</param>
/// <param name="columns">The columns of the result.</param>
/// <param name="needed">Which of them are asked for.</param>
internal sealed class PartitionRows(ReadOnlyMemory<byte> body, int start, IReadOnlyList<SnowflakeColumn> columns, IReadOnlyList<bool> needed) : ISourceRow
{
    private readonly string?[] cells = new string?[columns.Count];
    private JsonReaderState state;
    private int at = start;
    private bool entered;

    public long? Line => null;

    /// <summary>The first column with a cell that is too large; null when the row is usable.</summary>
    public int? LargeColumn { get; private set; }

    public string? Text(int column) => cells[column] is { } text ? columns[column].Text(text) : null;

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="Core.Errors.ProblemException">What comes is no row (AFF266).</exception>
    public bool Read()
    {
        try
        {
            var reader = new Utf8JsonReader(body.Span[at..], isFinalBlock: false, state);
            if (!entered)
            {
                reader.Read();
                entered = true;
            }

            reader.Read();
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                return false;
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw SnowflakeProblems.Unreadable();
            }

            ReadCells(ref reader);
            at += (int)reader.BytesConsumed;
            state = reader.CurrentState;
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw SnowflakeProblems.Unreadable();
        }
    }

    private void ReadCells(ref Utf8JsonReader reader)
    {
        LargeColumn = null;
        for (var column = 0; column < columns.Count; column++)
        {
            reader.Read();
            if (needed[column] && reader.ValueSpan.Length > QueryLimits.MostCellBytes)
            {
                LargeColumn ??= column;
            }

            cells[column] = needed[column] && LargeColumn is null ? Cell(ref reader) : null;
        }

        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
        {
            throw SnowflakeProblems.Unreadable();
        }
    }

    /// <summary>Whatever its type, a cell is a JSON text or null.</summary>
    private static string? Cell(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw SnowflakeProblems.Unreadable(),
    };
}
