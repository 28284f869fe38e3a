using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;
using AffinityDurable.Sources.Records;

namespace AffinityDurable.Sources.JsonLines;

/// <summary>A file of JSON objects: a first pass checks its lines and gathers their keys, a second one reads them.</summary>
internal sealed class JsonLinesPart : FilePart
{
    private readonly JsonColumns _columns;
    private readonly JournalFile _lineJournal;
    private readonly JournalFile _malformedJournal;
    private readonly LineMap _lines;
    private readonly MalformedLog _malformed;
    private long _rows;
    private long _malformedRecords;
    private string? _spool;

    private JsonLinesPart(SourceFile file, WorkFolder folder)
        : base(file)
    {
        _columns = new JsonColumns(file.Name);
        _lineJournal = new JournalFile(folder.NewFile("lines"));
        _malformedJournal = new JournalFile(folder.NewFile("malformed"));
        _lines = new LineMap(_lineJournal);
        _malformed = new MalformedLog(_malformedJournal);
    }

    public override IReadOnlyList<string> Columns => _columns.Names;

    public override long Rows => _rows;

    public override long Records => _rows + _malformedRecords;

    /// <summary>Objects may leave out a key that has no value, so a whole file may.</summary>
    public override bool MayLackColumns => true;

    public override IEnumerable<string> Readable => _spool is null ? [] : [_spool];

    /// <exception cref="ProblemException">Too many different keys (AFF232), or not readable (AFF205).</exception>
    public static JsonLinesPart Scan(SourceFile file, WorkFolder folder, CancellationToken cancellationToken)
    {
        var part = new JsonLinesPart(file, folder);
        try
        {
            part.Scan(cancellationToken);
            return part;
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    /// <summary>Writes the cells to where DuckDB can read them.</summary>
    public void Spool(WorkFolder folder, CancellationToken cancellationToken)
    {
        _spool = folder.NewFile("rows");
        using var cursor = new JsonLinesCursor(File, Columns, [.. Enumerable.Range(0, Columns.Count)], []);
        JsonSpool.Write(folder, _spool, cursor, Columns.Count, cancellationToken);
    }

    public override IEnumerable<MalformedRecord> ReadMalformed(string? file) => _malformed.Read(Columns.Count, file);

    public override IEnumerable<long> ReadLines() => _lines.Read();

    public override IRowCursor OpenRows(DuckDbSandbox sandbox, IReadOnlyList<string?> columns) => new JsonLinesCursor(
        File, Columns, [.. columns.Select(name => name is null ? -1 : IndexOf(name))], [.. columns.Select(name => name is null ? null : FolderValue(name))]);

    public override string SelectForQuery(IReadOnlyList<string> columns) => Columns.Count == 0
        ? $"SELECT {SqlList(columns, CsvTable.Cell)} WHERE false"
        : $"SELECT {SqlList(columns, CsvTable.Cell)} FROM {CsvTable.Read(_spool!, JsonSpool.Layout(Columns.Count))}";

    public override void Dispose()
    {
        _lineJournal.Dispose();
        _malformedJournal.Dispose();
    }

    private void Scan(CancellationToken cancellationToken)
    {
        using var records = new JsonRecords(File, _columns);
        while (records.Read(cancellationToken))
        {
            if (records.Fault == RecordFault.None)
            {
                _rows++;
                _lines.Add(records.Line);
            }
            else
            {
                _malformedRecords++;
                _malformed.Add(records.Line, new RecordFrame(0, 0, 1, 0, records.Fault));
            }
        }

        _lineJournal.Complete();
        _malformedJournal.Complete();
    }
}
