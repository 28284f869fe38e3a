using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Core.Matching;

/// <summary>
/// Streams a source through the matcher. Only rows that found an entry are staged, with their mapped columns; memory grows with the list, not with the source.
/// </summary>
/// <param name="matcher">Finds the entries.</param>
/// <param name="stage">Takes each matched row, in source order.</param>
/// <param name="reject">Takes each reject: rows in source order, then malformed records.</param>
/// <param name="inScope">For a restricted run: whether an entry id belongs to it.</param>
/// <param name="progress">Rows read so far, every 10,000 rows and at the end.</param>
public sealed class SourceStaging(
    RowMatcher matcher,
    Func<StagedRow, ValueTask> stage,
    Func<SourceReject, ValueTask> reject,
    Func<long, bool>? inScope = null,
    IProgress<long>? progress = null)
{
    private const int ProgressEvery = 10_000;

    /// <summary>One pass.</summary>
    /// <param name="reader">The source.</param>
    /// <param name="columns">Columns to read.</param>
    /// <param name="pending">Rows of earlier reads, for entries that this one says nothing about.</param>
    /// <param name="cancellationToken">Ends the pass.</param>
    /// <exception cref="ProblemException">A column is missing (AFF301), or the source failed (AFF2xx).</exception>
    public async Task<StagingSummary> RunAsync(
        ISourceReader reader, StagedColumns columns, IReadOnlyList<PendingRow> pending, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(columns);
        var pass = new StagingPass(matcher, BoundColumns.Bind(reader.Columns, columns), stage, reject, inScope, reader.IsInOrder);
        await foreach (var row in reader.ReadRowsAsync(cancellationToken).ConfigureAwait(false))
        {
            await pass.TakeAsync(row).ConfigureAwait(false);
            if (pass.Rows % ProgressEvery == 0)
            {
                progress?.Report(pass.Rows);
            }
        }

        progress?.Report(pass.Rows);
        await pass.RejectTiesAsync().ConfigureAwait(false);
        foreach (var row in pending)
        {
            await pass.TakePendingAsync(row.EntryId, row.Staged(columns.Mapped)).ConfigureAwait(false);
        }

        return pass.Summarize(await RejectMalformedAsync(reader, cancellationToken).ConfigureAwait(false));
    }

    private async Task<long> RejectMalformedAsync(ISourceReader reader, CancellationToken cancellationToken)
    {
        var cures = new Dictionary<string, string>(StringComparer.Ordinal);
        var count = 0L;
        await foreach (var record in reader.ReadMalformedAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!cures.TryGetValue(record.Code, out var cure))
            {
                cures[record.Code] = cure = ErrorCodes.Get(record.Code).Cure;
            }

            await reject(new SourceReject(record.Code, record.Reason, cure, record.FirstLine, null, null)).ConfigureAwait(false);
            count++;
        }

        return count;
    }
}
