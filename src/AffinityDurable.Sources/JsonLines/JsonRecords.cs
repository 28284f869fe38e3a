using AffinityDurable.Sources.Files;
using AffinityDurable.Sources.Records;

namespace AffinityDurable.Sources.JsonLines;

/// <summary>The lines of a file that are not blank, each taken apart.</summary>
internal sealed class JsonRecords : IDisposable
{
    private readonly RecordStream _stream;
    private readonly JsonLineFramer _framer = new();
    private readonly JsonObjectReader _object;

    public JsonRecords(SourceFile file, JsonColumns columns)
    {
        _stream = new RecordStream(file.OpenRead());
        _object = new JsonObjectReader(columns);
        _stream.SkipByteOrderMark();
    }

    /// <summary>Why the line at hand is no row.</summary>
    public RecordFault Fault { get; private set; }

    /// <summary>Its number, one-based.</summary>
    public long Line => _stream.FirstLine;

    /// <summary>Goes to the next line that is not blank; false at the end.</summary>
    public bool Read(CancellationToken cancellationToken)
    {
        while (_stream.Read(_framer, cancellationToken))
        {
            if (_stream.Frame.Fault != RecordFault.None)
            {
                Fault = _stream.Frame.Fault;
                return true;
            }

            if (!_stream.Content.Trim(" \t\r"u8).IsEmpty)
            {
                Fault = _object.Read(_stream.Content);
                return true;
            }
        }

        return false;
    }

    /// <summary>The value of a column at hand; null when the object has none.</summary>
    public string? Text(int column) => _object.Text(_stream.Content, column);

    public void Dispose() => _stream.Dispose();
}
