using System.Runtime.CompilerServices;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Duck;

namespace AffinityDurable.Sources.Files;

/// <summary>One pass over the files of a source, one after the other, or over the result of a query on all of them. Owns its resources.</summary>
internal sealed class FileReader : ISourceReader
{
    private readonly DuckDbSandbox _sandbox;
    private readonly IReadOnlyList<string?> _wanted;
    private readonly DuckDbRows? _result;
    private readonly ResourceStack _resources;

    /// <exception cref="ProblemException">Columns of the files differ (AFF233, AFF234), or the query is refused (AFF210 to AFF213, AFF216).</exception>
    public FileReader(
        IReadOnlyList<FilePart> parts, DuckDbSandbox sandbox, string? query, ResourceStack resources, IReadOnlySet<string>? needed = null)
    {
        Parts = parts;
        _sandbox = sandbox;
        _resources = resources;
        Columns = FileColumns.Of(parts);
        _wanted = [.. Columns.Select(column => needed?.Contains(column) == false ? null : column)];
        if (!string.IsNullOrWhiteSpace(query))
        {
            _result = resources.Add(DuckDbRows.OfQuery(sandbox, CreateView(parts, Columns), query));
            Columns = _result.Columns;
        }
    }

    public IReadOnlyList<FilePart> Parts { get; }

    public IReadOnlyList<string> Columns { get; }

    public IAsyncEnumerable<ISourceRow> ReadRowsAsync(CancellationToken cancellationToken) =>
        _result is null ? ReadPartsAsync(cancellationToken) : ReadResultAsync(_result, cancellationToken);

    public async IAsyncEnumerable<MalformedRecord> ReadMalformedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var record in Parts.SelectMany(part => part.ReadMalformed(Parts.Count > 1 ? part.File.Name : null)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    public ValueTask DisposeAsync()
    {
        _resources.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string CreateView(IReadOnlyList<FilePart> parts, IReadOnlyList<string> columns) =>
        $"CREATE TEMP VIEW source AS {string.Join("\nUNION ALL ", parts.Select(part => part.SelectForQuery(columns)))}";

    // DuckDB reads on its own threads and on this one; there is nothing to wait for.
    private async IAsyncEnumerable<ISourceRow> ReadPartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var part in Parts)
        {
            using var cursor = part.OpenRows(_sandbox, _wanted);
            using var interrupt = cancellationToken.Register(cursor.Interrupt);

            // Among several files a line would not say which one it is of.
            using var lines = Parts.Count > 1 ? null : part.ReadLines()?.GetEnumerator();
            var count = 0L;
            while (cursor.Read(cancellationToken))
            {
                count++;
                cursor.Line = lines?.MoveNext() == true ? lines.Current : null;
                yield return cursor.Row;
            }

            part.File.ThrowIfChanged();
            RequireCount(part, count);
        }
    }

    private async IAsyncEnumerable<ISourceRow> ReadResultAsync(DuckDbRows result, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        using var interrupt = cancellationToken.Register(result.Interrupt);
        while (result.Read(cancellationToken))
        {
            yield return result.Row;
        }

        foreach (var part in Parts)
        {
            part.File.ThrowIfChanged();
        }
    }

    private static void RequireCount(FilePart part, long count)
    {
        if (count != part.Rows)
        {
            throw new ProblemException(Problem.Of(SourceErrors.RowsMiscounted, $"'{part.File.Name}' has {part.Rows} rows by its first count, {count} were read."));
        }
    }
}
