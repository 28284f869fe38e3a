using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>The body of an answer: what it says of the statement, and where its rows begin.</summary>
internal sealed record SnowflakeAnswer
{
    /// <summary>Snowflake's code of what happened, such as <c>001003</c>.</summary>
    public string? Code { get; private set; }

    public string? SqlState { get; private set; }

    public string? Message { get; private set; }

    /// <summary>Names the statement from now on.</summary>
    public string? Handle { get; private set; }

    /// <summary>Where to ask whether the statement is through.</summary>
    public string? StatusUrl { get; private set; }

    /// <summary>The result; null while there is none.</summary>
    public SnowflakeResult? Result { get; private set; }

    /// <summary>Where the array of rows begins in the body; null when there is none.</summary>
    public int? DataStart { get; private set; }

    /// <exception cref="ProblemException">The body is not what the API is documented to answer (AFF266).</exception>
    public static SnowflakeAnswer Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var answer = new SnowflakeAnswer();
            var reader = new Utf8JsonReader(body.Span);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                answer.ReadProperty(ref reader);
            }

            return answer;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw SnowflakeProblems.Unreadable();
        }
    }

    private void ReadProperty(ref Utf8JsonReader reader)
    {
        var name = reader.GetString();
        reader.Read();
        switch (name)
        {
            case "code":
                Code = TextOf(ref reader);
                break;
            case "sqlState":
                SqlState = TextOf(ref reader);
                break;
            case "message":
                Message = TextOf(ref reader);
                break;
            case "statementHandle":
                Handle = TextOf(ref reader);
                break;
            case "statementStatusUrl":
                StatusUrl = TextOf(ref reader);
                break;
            case "resultSetMetaData":
                using (var metadata = JsonDocument.ParseValue(ref reader))
                {
                    Result = SnowflakeResult.Of(metadata.RootElement);
                }

                break;
            case "data" when reader.TokenType == JsonTokenType.StartArray:
                DataStart = (int)reader.TokenStartIndex;
                reader.Skip();
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }
}

/// <summary>What a result will give.</summary>
/// <param name="Rows">Rows in all.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Partitions">Rows of each partition.</param>
internal sealed record SnowflakeResult(long Rows, IReadOnlyList<SnowflakeColumn> Columns, IReadOnlyList<long> Partitions)
{
    public static SnowflakeResult Of(JsonElement metadata) => new(
        metadata.GetProperty("numRows").GetInt64(),
        [.. metadata.GetProperty("rowType").EnumerateArray().Select(SnowflakeColumn.Of)],
        metadata.TryGetProperty("partitionInfo", out var partitions) && partitions.ValueKind == JsonValueKind.Array
            ? [.. partitions.EnumerateArray().Select(partition => partition.GetProperty("rowCount").GetInt64())]
            : [metadata.GetProperty("numRows").GetInt64()]);
}
