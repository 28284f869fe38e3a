using System.Globalization;
using System.Runtime.CompilerServices;
using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;

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
        var fields = FieldText.OfAll(sync);
        var fieldId = filter.Field is null ? null : FieldId(filter.Field, fields.Values);
        var entries = filter.Company is null ? null : await EntriesOfAsync(runId, filter.Company, cancellationToken);
        var applied = await WasAppliedAsync(runId, cancellationToken);
        for (var batch = 0; batch < plan.Batches; batch++)
        {
            var settled = applied ? await SettledFields.LoadAsync(store, runId, batch, cancellationToken) : null;
            await foreach (var change in store.ReadLinesAsync<EntryChange>(runId, Artefacts.Batch(batch), cancellationToken: cancellationToken))
            {
                if ((filter.EntryId ?? change.EntryId) != change.EntryId || entries?.Contains(change.EntryId) == false)
                {
                    continue;
                }

                foreach (var field in change.Fields.Where(field => (fieldId ?? field.FieldId) == field.FieldId && (filter.Reason ?? field.Reason) == field.Reason))
                {
                    yield return Line(sync, change, field, fields[field.FieldId], settled);
                }
            }
        }
    }

    /// <summary>Writes changes as CSV, as spreadsheets read it.</summary>
    public static async Task WriteCsvAsync(Stream stream, IAsyncEnumerable<DiffLine> lines, CancellationToken cancellationToken)
    {
        await using var csv = new CsvWriter(stream);
        csv.WriteRecord(["entryId", "entityId", "name", "fieldId", "field", "reason", "before", "after", "file", "line", "column", "match", "rule", "fate", "at", "code", "message"]);
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
            ]);
        }
    }

    private static DiffLine Line(ResolvedSync sync, EntryChange entry, FieldChange change, FieldText text, SettledFields? settled)
    {
        var fate = settled?.Find(entry.EntryId, change.FieldId);
        var column = ChangeRules.Column(text.Field.Mapping);
        return new DiffLine
        {
            EntryId = entry.EntryId,
            EntityId = entry.EntityId,
            Name = entry.Name,
            FieldId = change.FieldId,
            Field = text.Field.Field.Name,
            Reason = change.Reason,
            Before = text.Of(change.Before),
            After = text.Of(change.After),
            File = column is null ? null : sync.Definition.Source.Path,
            Line = column is null ? null : entry.Line,
            Column = column,
            Match = column is null ? null : ChangeRules.Match(sync.Definition, entry.MatchedBy),
            Rule = ChangeRules.Of(text.Field.Mapping, change.Reason),
            Fate = settled is null ? null : ChangeFates.Of(fate),
            At = fate?.Line.At,
            Code = fate?.Line.Code,
            Message = fate?.Line.Reason,
        };
    }

    private static string FieldId(string name, IEnumerable<FieldText> fields) =>
        FieldNames.Find(name, fields.Select(text => text.Field))?.Field.Id
        ?? throw new ProblemException(Problem.Of(HostErrors.BadRequest, $"The sync writes no field '{name}'.", FieldNames.Known(fields.Select(text => text.Field))));

    /// <summary>Entries by a part of a name or domain: domains are in the snapshot only.</summary>
    private async Task<HashSet<long>> EntriesOfAsync(string runId, string part, CancellationToken cancellationToken) =>
        await store.ReadSnapshotAsync(runId, cancellationToken)
            .Where(entry => Has(entry.Name, part) || entry.Domains.Any(domain => Has(domain, part)))
            .Select(entry => entry.EntryId)
            .ToHashSetAsync(cancellationToken: cancellationToken);

    /// <summary>A run that was cut off has journals before it has a report.</summary>
    private async Task<bool> WasAppliedAsync(string runId, CancellationToken cancellationToken) =>
        (await store.ReadJsonAsync<RunReport>(runId, Artefacts.Report, cancellationToken))?.Writes is not null
        || await store.ListAsync(runId, Artefacts.JournalPrefix, cancellationToken).AnyAsync(cancellationToken);

    private static bool Has(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static ProblemException NoPlan(string runId) =>
        new(Problem.Of(HostErrors.NotThere, $"There is no plan of a run '{runId}'."));
}
