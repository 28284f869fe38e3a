using System.Runtime.CompilerServices;
using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Undoing;

/// <summary>Reads from the batches and journals of a run what it has written.</summary>
public sealed class UndoneRuns(IRunStore store)
{
    /// <summary>Why a run cannot be undone; null when it can.</summary>
    public async Task<Problem?> ProblemAsync(UndoRequest undo, CancellationToken cancellationToken)
    {
        var sync = await store.ReadJsonAsync<ResolvedSync>(undo.RunId, Artefacts.ResolvedSync, cancellationToken);
        var unknown = sync is null ? null : undo.Fields?.FirstOrDefault(field => !sync.EveryField.Any(known => IsNamed(known, field)));
        return unknown is not null
            ? Problem.Of(DecisionErrors.NothingToUndo, $"Run {undo.RunId} writes no field '{unknown}'. Its fields: {string.Join(", ", sync!.EveryField.Select(field => field.Field.Name))}.")
            : await store.ListAsync(undo.RunId, Artefacts.JournalPrefix, cancellationToken).AnyAsync(cancellationToken)
                ? null
                : Problem.Of(DecisionErrors.NothingToUndo, $"Run {undo.RunId} has written nothing.");
    }

    /// <summary>The entries of which something is to be taken back.</summary>
    internal async IAsyncEnumerable<UndoneEntry> ReadAsync(UndoRequest undo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var plan = await store.RequireJsonAsync<PlanSummary>(undo.RunId, Artefacts.PlanSummary, cancellationToken);
        var wanted = await WantedFieldsAsync(undo, cancellationToken);
        for (var batch = 0; batch < plan.Batches; batch++)
        {
            var journals = await EntryJournal.LoadAsync(store, undo.RunId, batch, cancellationToken);
            await foreach (var change in store.ReadLinesAsync<EntryChange>(undo.RunId, Artefacts.Batch(batch), cancellationToken: cancellationToken))
            {
                if (journals.TryGetValue(change.EntryId, out var journal) && Taken(change, journal, undo, wanted) is { Fields.Count: > 0 } entry)
                {
                    yield return entry;
                }
            }
        }
    }

    private static UndoneEntry? Taken(EntryChange change, EntryJournal journal, UndoRequest undo, Func<string, bool> wanted)
    {
        var target = journal.FollowedTo ?? change.EntryId;
        return undo.Entries is null || undo.Entries.Contains(target)
            ? new UndoneEntry(target, change.EntityId, change.Name, [.. change.Fields.Where(field => wanted(field.FieldId) && journal.Written.ContainsKey(field.FieldId)).Select(field => Taken(field, journal))])
            : null;
    }

    private static UndoneField Taken(FieldChange change, EntryJournal journal)
    {
        var written = journal.Written[change.FieldId];
        return new UndoneField(change.FieldId, change.Before, written.ReadBack ? written.Stored : change.After);
    }

    private async Task<Func<string, bool>> WantedFieldsAsync(UndoRequest undo, CancellationToken cancellationToken)
    {
        if (undo.Fields is null)
        {
            return _ => true;
        }

        var sync = await store.RequireJsonAsync<ResolvedSync>(undo.RunId, Artefacts.ResolvedSync, cancellationToken);
        return sync.EveryField.Where(field => undo.Fields.Any(name => IsNamed(field, name))).Select(field => field.Field.Id).ToHashSet(StringComparer.Ordinal).Contains;
    }

    private static bool IsNamed(ResolvedField field, string name) =>
        field.Field.Id == name || string.Equals(field.Field.Name, name, StringComparison.OrdinalIgnoreCase);
}
