using System.Text;
using System.Text.Json;
using AffinityDurable.Sources.Records;

namespace AffinityDurable.Sources.JsonLines;

/// <summary>Takes one JSON object apart: where the value of each column is.</summary>
internal sealed class JsonObjectReader(JsonColumns columns)
{
    private readonly List<string> _new = [];
    private JsonCell[] _cells = [];
    private long _object;

    /// <summary>Checks an object, and adds its new keys to the columns when it is sound.</summary>
    public RecordFault Read(ReadOnlySpan<byte> line)
    {
        _object++;
        _new.Clear();
        try
        {
            var fault = ReadObject(line);
            if (fault == RecordFault.None)
            {
                _new.ForEach(columns.Add);
            }

            return fault;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An escape that is half of a surrogate pair is noticed only when the text is wanted.
            return RecordFault.NotJson;
        }
    }

    /// <summary>The value of a column in the object last read; null when it has none.</summary>
    public string? Text(ReadOnlySpan<byte> line, int column)
    {
        if (column >= _cells.Length || _cells[column].Object != _object)
        {
            return null;
        }

        var cell = _cells[column];
        var value = line.Slice(cell.Start, cell.Length);
        return cell.Kind switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => Unquote(value),
            _ => Encoding.UTF8.GetString(value),
        };
    }

    private static string Unquote(ReadOnlySpan<byte> value)
    {
        if (!value.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(value[1..^1]);
        }

        var reader = new Utf8JsonReader(value);
        reader.Read();
        return reader.GetString()!;
    }

    private RecordFault ReadObject(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return RecordFault.NotJson;
        }

        for (var guess = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; guess++)
        {
            var column = PlaceOf(ref reader, guess);
            if (column < 0)
            {
                return RecordFault.NotJson;
            }

            guess = column;
            if (_cells[column].Object == _object)
            {
                return RecordFault.DuplicateKey;
            }

            reader.Read();
            if (reader is { TokenType: JsonTokenType.String, ValueIsEscaped: true } && reader.GetString()!.Contains('\0', StringComparison.Ordinal))
            {
                return RecordFault.NulByte;
            }

            var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
            reader.Skip();
            _cells[column] = new JsonCell(_object, start, (int)reader.BytesConsumed - start, kind);
        }

        // Anything after the object is an error that this read notices.
        reader.Read();
        return RecordFault.None;
    }

    /// <summary>Negative for a key that cannot name a column.</summary>
    private int PlaceOf(ref Utf8JsonReader reader, int guess)
    {
        var place = columns.Find(ref reader, guess);
        if (place < 0)
        {
            var name = reader.GetString()!;
            if (string.IsNullOrWhiteSpace(name) || name.Contains('\0', StringComparison.Ordinal))
            {
                return -1;
            }

            place = _new.IndexOf(name);
            if (place < 0)
            {
                place = _new.Count;
                _new.Add(name);
            }

            place += columns.Names.Count;
        }

        if (place >= _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(16, (place + 1) * 2));
        }

        return place;
    }

    private readonly record struct JsonCell(long Object, int Start, int Length, JsonTokenType Kind);
}
