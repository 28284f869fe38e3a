using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Reporting;

/// <summary>Goes through the artefacts of a run once, for the figures of its report.</summary>
internal sealed class ClosingTally(IRunStore store, string runId, ResolvedSync? sync)
{
    private readonly Dictionary<long, IReadOnlyList<LastWrittenField>> written = [];
    private readonly List<string> notes = [];

    public ApplyTotals Totals { get; } = new();

    public IReadOnlyDictionary<long, IReadOnlyList<LastWrittenField>> Written => written;

    /// <summary>What a reader should know besides the figures.</summary>
    public IReadOnlyList<string> Notes => notes;

    public IReadOnlyDictionary<string, long> RejectsByCode { get; private set; } = new Dictionary<string, long>();

    /// <param name="applied">The plan, when applying was begun; else only rejects are gathered.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task AddUpAsync(PlanSummary? applied, CancellationToken cancellationToken) =>
        store.WriteAsync(runId, Artefacts.RejectsCsv, (stream, token) => WriteRejectsAsync(stream, applied, token), cancellationToken);

    private async Task WriteRejectsAsync(Stream stream, PlanSummary? applied, CancellationToken cancellationToken)
    {
        await using var rejects = new RejectsCsv(stream);
        await foreach (var reject in store.ReadLinesIfThereAsync<SourceReject>(runId, Artefacts.SourceRejects, cancellationToken))
        {
            rejects.Add(new Reject
            {
                Code = reject.Code,
                Reason = reject.Reason,
                Cure = reject.Cure,
                Line = reject.Line,
                EntryId = reject.EntryId,
            });
        }

        await foreach (var reject in store.ReadLinesIfThereAsync<Reject>(runId, Artefacts.PlanRejects, cancellationToken))
        {
            rejects.Add(reject);
        }

        for (var batch = 0; batch < applied?.Batches; batch++)
        {
            await AddBatchAsync(batch, rejects, cancellationToken);
        }

        RejectsByCode = rejects.Counts;
    }

    private async Task AddBatchAsync(int batch, RejectsCsv rejects, CancellationToken cancellationToken)
    {
        var journals = await EntryJournal.LoadAsync(store, runId, batch, cancellationToken);
        await foreach (var change in store.ReadLinesIfThereAsync<EntryChange>(runId, Artefacts.Batch(batch), cancellationToken))
        {
            var journal = journals.GetValueOrDefault(change.EntryId);
            Totals.Add(change, journal);
            if (journal is null)
            {
                continue;
            }

            foreach (var (fieldId, line) in journal.Refused)
            {
                rejects.Add(Refusal(change, fieldId, line));
            }

            if (journal.Written.Count > 0)
            {
                written[journal.FollowedTo ?? change.EntryId] = journal.LastWritten(change);
            }

            if (journal.FollowedTo is { } successor)
            {
                notes.Add($"The company of entry {change.EntryId} was merged into another: its values went to entry {successor}.");
            }
        }
    }

    private Reject Refusal(EntryChange change, string fieldId, JournalLine line) => new()
    {
        Code = line.Code!,
        Reason = line.Reason ?? "",
        Cure = ErrorCodes.Get(line.Code!).Cure,
        Line = change.Line,
        EntryId = change.EntryId,
        Name = change.Name,
        FieldId = fieldId,
        FieldName = sync?.EveryField.FirstOrDefault(field => field.Field.Id == fieldId)?.Field.Name,
    };
}
