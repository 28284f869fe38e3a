using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Verifying;

namespace AffinityDurable.Core.Reporting;

/// <summary>Goes through the artefacts of a run once, for the figures of its report.</summary>
internal sealed class ClosingTally(IRunStore store, string runId, ResolvedSync? sync)
{
    private readonly Dictionary<long, IReadOnlyList<LastWrittenField>> written = [];
    private readonly List<string> notes = [];
    private WriteVerdicts? verdicts;
    private bool verifies;

    public ApplyTotals Totals { get; } = new();

    public IReadOnlyDictionary<long, IReadOnlyList<LastWrittenField>> Written => written;

    /// <summary>What a reader should know besides the figures.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Entries of which every change is acknowledged and, where it was to be, read back, or was refused.</summary>
    public HashSet<long> Delivered { get; } = [];

    /// <summary>How the written values came back; null when none were to be read back.</summary>
    public VerifyFigures? Verification => verifies ? verdicts?.Figures : null;

    public IReadOnlyDictionary<string, long> RejectsByCode { get; private set; } = new Dictionary<string, long>();

    /// <param name="applied">The plan, when applying was begun; else only rejects are gathered.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task AddUpAsync(PlanSummary? applied, CancellationToken cancellationToken) =>
        store.WriteAsync(runId, Artefacts.RejectsCsv, (stream, token) => WriteRejectsAsync(stream, applied, token), cancellationToken);

    private async Task WriteRejectsAsync(Stream stream, PlanSummary? applied, CancellationToken cancellationToken)
    {
        await using var rejects = new RejectsCsv(stream);
        await AddSourceRejectsAsync(rejects, cancellationToken);

        await foreach (var reject in store.ReadLinesIfThereAsync<Reject>(runId, Artefacts.PlanRejects, cancellationToken))
        {
            rejects.Add(reject);
        }

        if (applied is not null && sync is not null)
        {
            await AddWritesAsync(applied, new ShownFields(sync), rejects, cancellationToken);
        }

        RejectsByCode = rejects.Counts;
    }

    private async Task AddSourceRejectsAsync(RejectsCsv rejects, CancellationToken cancellationToken)
    {
        if (sync?.Definition is not { } definition)
        {
            return;
        }

        await foreach (var (source, reject) in store.ReadSourceRejectsAsync(runId, definition, cancellationToken))
        {
            rejects.Add(new Reject
            {
                Code = reject.Code,
                Reason = reject.Reason,
                Cure = reject.Cure,
                Source = definition.Sources.Count > 1 ? source.Name : null,
                Line = reject.Line,
                EntryId = reject.EntryId,
            });
        }
    }

    private async Task AddWritesAsync(PlanSummary plan, ShownFields fields, RejectsCsv rejects, CancellationToken cancellationToken)
    {
        var readBack = await ReadBackValues.LoadAsync(store, runId, cancellationToken);
        verdicts = new WriteVerdicts(fields, readBack);
        var verifiesAll = sync!.Definition.Verify != Definitions.Verification.None;
        verifies = verifiesAll || plan.CanaryBatches > 0;
        for (var batch = 0; batch < plan.Batches; batch++)
        {
            await AddBatchAsync(batch, verifiesAll || batch < plan.CanaryBatches, fields, rejects, cancellationToken);
        }

        await JudgeUntouchedAsync(fields, rejects, cancellationToken);
    }

    /// <summary>Values that were read back although the run has left them alone.</summary>
    private async Task JudgeUntouchedAsync(ShownFields fields, RejectsCsv rejects, CancellationToken cancellationToken)
    {
        var untouched = await store.ReadLinesIfThereAsync<WantedValues>(runId, Artefacts.VerifyUntouched, cancellationToken)
            .ToDictionaryAsync(wanted => wanted.EntryId, wanted => wanted.FieldIds, cancellationToken: cancellationToken);
        if (untouched.Count == 0)
        {
            return;
        }

        await foreach (var entry in store.ReadSnapshotAsync(runId, cancellationToken))
        {
            if (untouched.Remove(entry.EntryId, out var fieldIds))
            {
                var expected = sync!.Fields.Zip(entry.Values).ToDictionary(column => column.First.Field.Id, column => column.Second.Value);
                foreach (var mismatch in fieldIds.Select(fieldId => verdicts!.Judge(entry.EntryId, fieldId, expected[fieldId])).OfType<Mismatch>())
                {
                    rejects.Add(RejectOf(mismatch, entry.Name, line: null, fields));
                }
            }
        }
    }

    private async Task AddBatchAsync(int batch, bool isVerified, ShownFields fields, RejectsCsv rejects, CancellationToken cancellationToken)
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

            if (isVerified)
            {
                foreach (var mismatch in verdicts!.Judge(change, journal))
                {
                    rejects.Add(RejectOf(mismatch, change.Name, change.Line, fields));
                }
            }

            if (change.Fields.All(field => IsSettled(change.EntryId, field.FieldId, journal, isVerified)))
            {
                Delivered.Add(change.EntryId);
            }

            verdicts!.Learn(change, journal);
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

    private bool IsSettled(long entryId, string fieldId, EntryJournal journal, bool isVerified) =>
        journal.Refused.ContainsKey(fieldId)
        || (journal.Written.TryGetValue(fieldId, out var written) && (!isVerified || verdicts!.IsKnown(journal.FollowedTo ?? entryId, fieldId, written)));

    private static Reject RejectOf(Mismatch mismatch, string? name, long? line, ShownFields fields) => new()
    {
        Code = AffinityErrors.Mismatch.Id,
        Reason = mismatch.Reason,
        Cure = AffinityErrors.Mismatch.Cure,
        Line = line,
        EntryId = mismatch.EntryId,
        Name = name,
        FieldId = mismatch.FieldId,
        FieldName = fields.NameOf(mismatch.FieldId),
    };

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
