using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Duck;
using AffinityDurable.Sources.Files;
using AffinityDurable.Sources.Records;

namespace AffinityDurable.Sources.Csv;

/// <summary>
/// The first pass over a file: decides what its records are, counts them, and says where DuckDB may read the rows: in the file itself when it is
/// uniform and sound, else in a spool that holds nothing but the sound rows, ended by LF.
/// </summary>
internal sealed class CsvScan : FilePart
{
    private readonly WorkFolder _folder;
    private readonly JournalFile _lineJournal;
    private readonly JournalFile _malformedJournal;
    private readonly CsvLineEnds _lineEnds = new();
    private IReadOnlyList<string> _columns = [];
    private byte _delimiter;
    private long _headerLine;
    private bool _rowsSpanLines;

    private CsvScan(SourceFile file, WorkFolder folder)
        : base(file)
    {
        _folder = folder;
        _lineJournal = new JournalFile(folder.NewFile("lines"));
        _malformedJournal = new JournalFile(folder.NewFile("malformed"));
        Lines = new LineMap(_lineJournal);
        Malformed = new MalformedLog(_malformedJournal);
        RowsPath = file.RealPath;
    }

    public CsvAccounting Accounting { get; } = new();

    public override IReadOnlyList<string> Columns => _columns;

    public override long Rows => Accounting.Rows;

    public override long Records => Accounting.Records;

    public override IEnumerable<string> Readable => [RowsPath];

    public LineMap Lines { get; }

    public MalformedLog Malformed { get; }

    /// <summary>The file that DuckDB reads.</summary>
    public string RowsPath { get; private set; }

    public CsvLayout Layout => RowsPath == File.RealPath
        ? new CsvLayout((char)_delimiter, Columns.Count, HasHeader: true, _lineEnds.AsSql, _rowsSpanLines)
        : new CsvLayout((char)_delimiter, Columns.Count, HasHeader: false, "\\n", _rowsSpanLines);

    /// <exception cref="ProblemException">No usable header (AFF206 to AFF209).</exception>
    public static CsvScan Run(SourceFile file, string? delimiter, WorkFolder folder, CancellationToken cancellationToken)
    {
        var scan = new CsvScan(file, folder);
        try
        {
            scan.Count(delimiter, cancellationToken);
            if (!scan.DuckDbCanReadTheFile())
            {
                scan.Spool(cancellationToken);
            }

            scan._lineJournal.Complete();
            scan._malformedJournal.Complete();
            return scan;
        }
        catch
        {
            scan.Dispose();
            throw;
        }
    }

    public override IEnumerable<MalformedRecord> ReadMalformed(string? file) => Malformed.Read(Columns.Count, file);

    public override IEnumerable<long> ReadLines() => Lines.Read();

    public override IRowCursor OpenRows(DuckDbSandbox sandbox, IReadOnlyList<string?> columns) =>
        DuckDbRows.OfSelect(sandbox, Select(columns, CsvTable.Column));

    public override string SelectForQuery(IReadOnlyList<string> columns) => Select(columns, CsvTable.Cell);

    public override void Dispose()
    {
        _lineJournal.Dispose();
        _malformedJournal.Dispose();
    }

    private string Select(IReadOnlyList<string?> columns, Func<int, string> cell) =>
        $"SELECT {SqlList(columns, cell)} FROM {CsvTable.Read(RowsPath, Layout)}";

    private void Count(string? delimiter, CancellationToken cancellationToken)
    {
        using var records = new RecordStream(File.OpenRead());
        ReadHeader(records, delimiter, cancellationToken);
        var framer = new RecordFramer(_delimiter, Columns.Count);
        while (records.Read(framer, cancellationToken))
        {
            var frame = records.Frame;
            _lineEnds.Add(records.LineEnd);
            if (frame.IsBlank)
            {
                Accounting.BlankLines++;
            }
            else if (frame.Fault == RecordFault.None)
            {
                Accounting.Rows++;
                Accounting.RowLines += frame.Lines;
                _rowsSpanLines |= frame.Lines > 1;
                Lines.Add(records.FirstLine);
            }
            else
            {
                Accounting.Malformed++;
                Accounting.MalformedLines += frame.Lines;
                Malformed.Add(records.FirstLine, frame);
            }
        }
    }

    private void ReadHeader(RecordStream records, string? delimiter, CancellationToken cancellationToken)
    {
        records.SkipByteOrderMark();
        var blank = new RecordFramer((byte)',', 0);
        while (records.Peek() is [(byte)'\n' or (byte)'\r', ..])
        {
            records.Read(blank, cancellationToken);
            Accounting.BlankLines++;
        }

        _delimiter = delimiter is null ? CsvDelimiter.Detect(records.Peek()) : CsvDelimiter.Parse(delimiter);
        if (!records.Read(new RecordFramer(_delimiter, 0), cancellationToken))
        {
            throw new ProblemException(Problem.Of(SourceErrors.NoHeader, $"'{File.Name}' is empty."));
        }

        if (records.Frame.Fault != RecordFault.None)
        {
            var cause = MalformedLog.CodeOf(records.Frame.Fault);
            throw new ProblemException(Problem.Of(
                SourceErrors.BadHeader, $"Line {records.FirstLine} of '{File.Name}' cannot be the header: {cause.Title}. {cause.Cure}"));
        }

        _columns = CsvHeader.Parse(records.Content, _delimiter, File.Name);
        _headerLine = records.FirstLine;
        _lineEnds.Add(records.LineEnd);
        Accounting.HeaderLines = records.Frame.Lines;
    }

    // DuckDB takes * ? [ in a path for a pattern. Where it and the framer might read blank lines or line ends differently, the spool settles it.
    private bool DuckDbCanReadTheFile() =>
        Accounting is { Malformed: 0, BlankLines: 0, HeaderLines: 1 } && _lineEnds.AreUniform && _headerLine == 1
        && !File.RealPath.AsSpan().ContainsAny("*?[");

    private void Spool(CancellationToken cancellationToken)
    {
        RowsPath = _folder.NewFile("rows");
        using var records = new RecordStream(File.OpenRead());
        using var spool = new BufferedStream(_folder.Create(RowsPath), 256 * 1024);
        var framer = new RecordFramer(_delimiter, Columns.Count);
        records.SkipByteOrderMark();

        // DuckDB takes U+FEFF at the start of a file for a byte order mark: give it one, so that a first cell that begins so keeps its own.
        spool.Write("\uFEFF"u8);
        var rows = 0L;
        for (var inBody = false; records.Read(inBody ? framer : new RecordFramer(_delimiter, 0), cancellationToken);)
        {
            var isRow = inBody && records.Frame is { IsBlank: false, Fault: RecordFault.None };
            inBody |= records.FirstLine >= _headerLine;
            if (isRow)
            {
                spool.Write(records.Content);
                spool.WriteByte((byte)'\n');
                rows++;
            }
        }

        if (rows != Accounting.Rows)
        {
            throw new ProblemException(Problem.Of(SourceErrors.ChangedWhileRead, $"'{File.Name}' changed while it was read."));
        }
    }
}
