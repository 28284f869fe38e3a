using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Verifying;

/// <summary>Reads back what a run has written, slice by slice, into artefacts that are compared when the run is closed.</summary>
public sealed class WriteVerifier(ValuesReader reader, IRunStore store)
{
    /// <summary>Reads a slice. Repeating it replaces what it stored.</summary>
    public async Task<ValuesSlice> VerifyAsync(VerifyOrder order, CancellationToken cancellationToken)
    {
        if (order.Slice == 0)
        {
            await NoteWantedAsync(order, cancellationToken);
        }

        var plan = await store.RequireJsonAsync<PlanSummary>(order.RunId, Artefacts.PlanSummary, cancellationToken);
        return await reader.ReadAsync(
            new ValuesOrder(
                order.RunId,
                order.Sync,
                Artefacts.VerifyWanted(order.Part),
                Artefacts.VerifyValues(order.Part),
                plan.ListEntries,
                order.Slice,
                order.From),
            cancellationToken);
    }

    /// <summary>How the canary of a plan came back, once it was written and read.</summary>
    public async Task<CanaryFigures> JudgeCanaryAsync(string runId, ResolvedSync sync, int batches, CancellationToken cancellationToken)
    {
        var verdicts = new WriteVerdicts(new ShownFields(sync), await ReadBackValues.LoadAsync(store, runId, VerifiedParts.Canary, cancellationToken));
        var refused = 0;
        for (var batch = 0; batch < batches; batch++)
        {
            var journals = await EntryJournal.LoadAsync(store, runId, batch, cancellationToken);
            await foreach (var change in store.ReadLinesAsync<EntryChange>(runId, Artefacts.Batch(batch), cancellationToken: cancellationToken))
            {
                if (journals.TryGetValue(change.EntryId, out var journal))
                {
                    verdicts.Judge(change, journal);
                    refused += journal.Refused.Count;
                }
            }
        }

        return new CanaryFigures(verdicts.Figures.Verified, verdicts.Figures.Mismatched, verdicts.Figures.Unverified, refused);
    }

    private async Task NoteWantedAsync(VerifyOrder order, CancellationToken cancellationToken)
    {
        // Not what an attempt at this very part may have read: it is read again.
        var known = order.Part == VerifiedParts.Canary ? new ReadBackValues() : await ReadBackValues.LoadAsync(store, order.RunId, VerifiedParts.Canary, cancellationToken);
        var writes = new VerifiedWrites(store, order, known);
        var written = await writes.WrittenAsync(cancellationToken).ToListAsync(cancellationToken);
        if (!order.Untouched)
        {
            await store.WriteLinesAsync(order.RunId, Artefacts.VerifyWanted(order.Part), written, cancellationToken);
            return;
        }

        await store.WriteLinesAsync(order.RunId, Artefacts.VerifyUntouched, writes.UntouchedAsync(cancellationToken), cancellationToken);
        var untouched = store.ReadLinesAsync<WantedValues>(order.RunId, Artefacts.VerifyUntouched, cancellationToken: cancellationToken);
        await store.WriteLinesAsync(order.RunId, Artefacts.VerifyWanted(order.Part), written.ToAsyncEnumerable().Concat(untouched), cancellationToken);
    }
}

/// <summary>How a canary came back.</summary>
/// <param name="Verified">Fields that Affinity shows as they were sent.</param>
/// <param name="Mismatched">Fields that it shows otherwise.</param>
/// <param name="Unverified">Fields whose values it did not give.</param>
/// <param name="Refused">Fields that it did not take.</param>
public sealed record CanaryFigures(long Verified, long Mismatched, long Unverified, long Refused);
