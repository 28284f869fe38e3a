using System.Globalization;
using System.Runtime.CompilerServices;
using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Verifying;

namespace AffinityDurable.Core.Reporting;

/// <summary>Shows the plan of a run field by field, from its artefacts, streaming.</summary>
public sealed class PlanDiff(IRunStore store)
{
    /// <summary>The changes that a filter lets through, in the order of the list.</summary>
    /// <exception cref="ProblemException">The run has no plan (AFF721), or the filter names a field that the sync does not write (AFF722).</exception>
    public async IAsyncEnumerable<DiffLine> ReadAsync(
        string runId,
        DiffFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var plan = await store.ReadJsonAsync<PlanSummary>(runId, Artefacts.PlanSummary, cancellationToken) ?? throw NoPlan(runId);
        var sync = await store.RequireJsonAsync<ResolvedSync>(runId, Artefacts.ResolvedSync, cancellationToken);
        var request = await store.ReadJsonAsync<RunRequest>(runId, Artefacts.Request, cancellationToken);
        var selection = await SelectionAsync(runId, filter, sync, cancellationToken);
        var lines = new DiffLines(sync, request?.Undo?.RunId, await ReadBackValues.LoadAsync(store, runId, cancellationToken));
        var applied = await WasAppliedAsync(runId, cancellationToken);
        for (var batch = 0; batch < plan.Batches; batch++)
        {
            var settled = applied ? await SettledFields.LoadAsync(store, runId, batch, cancellationToken) : null;
            var entries = store.ReadLinesAsync<EntryChange>(runId, Artefacts.Batch(batch), cancellationToken: cancellationToken).Where(selection.Takes);
            await foreach (var entry in entries)
            {
                foreach (var field in selection.From(entry))
                {
                    yield return lines.Of(entry, field, settled);
                }
            }
        }
    }

    /// <summary>Writes changes as CSV, as spreadsheets read it.</summary>
    public static async Task WriteCsvAsync(Stream stream, IAsyncEnumerable<DiffLine> lines, CancellationToken cancellationToken)
    {
        await using var csv = new CsvWriter(stream);
        csv.WriteRecord(["entryId", "entityId", "name", "fieldId", "field", "reason", "before", "after", "file", "line", "column", "match", "rule", "fate", "at", "code", "message", "source", "asOf", "ignored"]);
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            csv.WriteRecord(
            [
                Text(line.EntryId),
                Text(line.EntityId),
                line.Name,
                line.FieldId,
                line.Field,
                ChangeRules.Word(line.Reason),
                line.Before,
                line.After,
                line.File,
                line.Line is { } at ? Text(at) : null,
                line.Column,
                line.Match,
                line.Rule,
                line.Fate is { } fate ? ChangeRules.Word(fate) : null,
                line.At?.ToString("O", CultureInfo.InvariantCulture),
                line.Code,
                line.Message,
                line.Origin?.Source,
                line.Origin?.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                line.Origin is { Ignored.Count: > 0 } origin ? string.Join("; ", origin.Ignored.Select(value => value.Text)) : null,
            ]);
        }
    }

    private async Task<DiffSelection> SelectionAsync(string runId, DiffFilter filter, ResolvedSync sync, CancellationToken cancellationToken)
    {
        var field = filter.Field is null ? null : FieldNames.Find(filter.Field, sync.EveryField)
            ?? throw new ProblemException(Problem.Of(HostErrors.BadRequest, $"The sync writes no field '{filter.Field}'.", FieldNames.Known(sync.EveryField)));
        var byDomain = filter.Company is not { } part ? [] : await store.ReadSnapshotAsync(runId, cancellationToken)
            .Where(entry => entry.Domains.Any(domain => DiffSelection.HasPart(domain, part)))
            .Select(entry => entry.EntryId)
            .ToHashSetAsync(cancellationToken: cancellationToken);
        return new DiffSelection(filter, field?.Field.Id, byDomain);
    }

    /// <summary>A run that was cut off has journals before it has a report.</summary>
    private async Task<bool> WasAppliedAsync(string runId, CancellationToken cancellationToken) =>
        (await store.ReadJsonAsync<RunReport>(runId, Artefacts.Report, cancellationToken))?.Writes is not null
        || await store.ListAsync(runId, Artefacts.JournalPrefix, cancellationToken).AnyAsync(cancellationToken);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static ProblemException NoPlan(string runId) =>
        new(Problem.Of(HostErrors.NotThere, $"There is no plan of a run '{runId}'."));
}
