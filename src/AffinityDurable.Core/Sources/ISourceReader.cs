namespace AffinityDurable.Core.Sources;

/// <summary>One pass over a source: rows in source order, and the records that are no rows.</summary>
public interface ISourceReader : IAsyncDisposable
{
    /// <summary>Column names in order; unique without regard to case.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Whether rows come in the order in which they were said, so that of several for one entry the last one counts.</summary>
    bool IsInOrder => false;

    /// <summary>Ids of the pushes whose rows this pass reads; they are taken out once a run has noted their rows.</summary>
    IReadOnlyList<string> Pushes => [];

    /// <summary>The rows. A row is valid until the next one is asked for.</summary>
    IAsyncEnumerable<ISourceRow> ReadRowsAsync(CancellationToken cancellationToken);

    /// <summary>Records that could not become rows; complete once the rows are read to the end. May be large: streamed.</summary>
    IAsyncEnumerable<MalformedRecord> ReadMalformedAsync(CancellationToken cancellationToken);
}

/// <summary>A row of a source, read lazily so that only the columns in need cost anything.</summary>
public interface ISourceRow
{
    /// <summary>First physical line of the record, one-based; null where the source has no lines.</summary>
    long? Line { get; }

    /// <summary>The cell as trimmed invariant text; null when empty.</summary>
    /// <param name="column">Index into <see cref="ISourceReader.Columns"/>.</param>
    string? Text(int column);
}

/// <summary>A record that is no row.</summary>
/// <param name="FirstLine">First physical line, one-based.</param>
/// <param name="LastLine">Last physical line.</param>
/// <param name="Code">Id of the error code.</param>
/// <param name="Reason">Why; names the line, never the content.</param>
public sealed record MalformedRecord(long FirstLine, long LastLine, string Code, string Reason);
