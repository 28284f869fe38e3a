using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Duck;

namespace AffinityDurable.Sources.Files;

/// <summary>One file of a source, made ready: what it has, and how its rows are read.</summary>
internal abstract class FilePart(SourceFile file) : IDisposable
{
    private const string Nothing = "CAST(NULL AS VARCHAR)";

    public SourceFile File { get; } = file;

    /// <summary>The columns of the file itself, without those of its folders.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Its rows, counted without DuckDB's reader of rows.</summary>
    public abstract long Rows { get; }

    /// <summary>Its rows and the records that are none.</summary>
    public virtual long Records => Rows;

    /// <summary>Columns of other files may be missing here: they are null.</summary>
    public virtual bool MayLackColumns => false;

    /// <summary>Files that DuckDB reads for this one.</summary>
    public virtual IEnumerable<string> Readable => [File.RealPath];

    /// <summary>The type of a column as messages name it; null where all are text.</summary>
    public virtual string? TypeOf(string column) => null;

    /// <summary>The records that are no rows.</summary>
    /// <param name="file">To be named in the reasons; null where there is only one file.</param>
    public virtual IEnumerable<MalformedRecord> ReadMalformed(string? file) => [];

    /// <summary>The first line of every row, without end; null where there are no lines.</summary>
    public virtual IEnumerable<long>? ReadLines() => null;

    /// <summary>All rows as text.</summary>
    /// <param name="sandbox">May read <see cref="Readable"/>.</param>
    /// <param name="columns">The columns in the order in which they are wanted; null for one whose cells nobody will ask for.</param>
    public abstract IRowCursor OpenRows(DuckDbSandbox sandbox, IReadOnlyList<string?> columns);

    /// <summary>A SELECT of all rows as queries see them.</summary>
    /// <param name="columns">The columns in the order in which they are wanted.</param>
    public abstract string SelectForQuery(IReadOnlyList<string> columns);

    public abstract void Dispose();

    /// <summary>The columns as a list of SQL, each by its name.</summary>
    /// <param name="columns">The columns in the order in which they are wanted; null for one that stays unread.</param>
    /// <param name="cell">The SQL of a column of the file by its place among <see cref="Columns"/>.</param>
    protected string SqlList(IReadOnlyList<string?> columns, Func<int, string> cell) => string.Join(
        ", ",
        columns.Select(name => name is null ? Nothing : $"{(IndexOf(name) is >= 0 and var at ? cell(at) : Constant(name))} AS {SqlText.Name(name)}"));

    /// <summary>Where a column is among <see cref="Columns"/>; negative when it is not.</summary>
    protected int IndexOf(string column) =>
        Enumerable.Range(0, Columns.Count).FirstOrDefault(at => string.Equals(Columns[at], column, StringComparison.OrdinalIgnoreCase), -1);

    /// <summary>What a folder says about a column that the file itself does not have; null where none does.</summary>
    protected string? FolderValue(string column) =>
        File.Partitions.FirstOrDefault(partition => string.Equals(partition.Name, column, StringComparison.OrdinalIgnoreCase))?.Value;

    private string Constant(string column) => FolderValue(column) is { } value ? SqlText.Literal(value) : Nothing;
}
