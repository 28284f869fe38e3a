using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;
using AffinityDurable.Sources.Records;

namespace AffinityDurable.Sources.JsonLines;

/// <summary>The sound objects of a file as rows.</summary>
internal sealed class JsonLinesCursor : IRowCursor, ISourceRow
{
    private readonly JsonRecords _records;
    private readonly int[] _places;
    private readonly string?[] _constants;

    /// <param name="file">The file.</param>
    /// <param name="names">Its keys, in the order of a first pass.</param>
    /// <param name="places">By wanted column its place among the keys; negative when the file does not have it.</param>
    /// <param name="constants">By wanted column, what its folders say of one that the file does not have.</param>
    public JsonLinesCursor(SourceFile file, IReadOnlyList<string> names, int[] places, string?[] constants)
    {
        var known = new JsonColumns(file.Name);
        foreach (var name in names)
        {
            known.Add(name);
        }

        _records = new JsonRecords(file, known);
        _places = places;
        _constants = constants;
    }

    public ISourceRow Row => this;

    public long? Line { get; set; }

    public bool Read(CancellationToken cancellationToken)
    {
        while (_records.Read(cancellationToken))
        {
            if (_records.Fault == RecordFault.None)
            {
                return true;
            }
        }

        return false;
    }

    public string? Text(int column) =>
        _places[column] < 0 ? _constants[column] : _records.Text(_places[column]) is { } text ? CellText.Of(text) : null;

    public void Interrupt()
    {
        // Reading looks at its token.
    }

    public void Dispose() => _records.Dispose();
}
