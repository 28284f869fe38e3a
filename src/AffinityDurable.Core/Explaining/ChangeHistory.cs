using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Explaining;

/// <summary>Looks through the stored runs for the last changes of one field on one entry.</summary>
internal sealed class ChangeHistory(IRunStore store)
{
    private const int Most = 10;

    /// <summary>The changes, newest first.</summary>
    /// <param name="sync">The sync.</param>
    /// <param name="entryId">The entry.</param>
    /// <param name="fieldOf">The field in a run's own definition; null where it was not mapped.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<IReadOnlyList<PastChange>> ReadAsync(
        string sync,
        long entryId,
        Func<StoredRun, ResolvedField?> fieldOf,
        CancellationToken cancellationToken)
    {
        var changes = new List<PastChange>();
        var undone = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var run in StoredRun.OfAsync(store, sync, cancellationToken))
        {
            if (fieldOf(run) is not { } field
                || await PlannedField.FindAsync(store, run, entryId, field.Field.Id, cancellationToken) is not { } planned
                || (planned.Settled is null && run.Mode != RunMode.Apply))
            {
                continue;
            }

            var change = Of(run, planned, field, undone);
            changes.Add(change);
            if (run.Request.Undo is { } undo && change.Fate == ChangeFate.Written)
            {
                undone[undo.RunId] = run.RunId;
            }

            if (changes.Count == Most)
            {
                break;
            }
        }

        return changes;
    }

    private static PastChange Of(StoredRun run, PlannedField planned, ResolvedField field, Dictionary<string, string> undone)
    {
        var text = new FieldText(field, TimeZoneInfo.FindSystemTimeZoneById(run.Sync!.Definition.TimeZone));
        var wrote = planned.Settled is not null || run.Report?.Writes is not null;
        return new PastChange(
            planned.Settled?.Line.At ?? run.Report?.StartedAt,
            run.RunId,
            text.Of(planned.Change.Before),
            text.Of(planned.Change.After),
            wrote ? ChangeFates.Of(planned.Settled) : null,
            undone.GetValueOrDefault(run.RunId));
    }
}
