using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Explaining;

/// <summary>A planned change of one field of one entry, and how it was settled.</summary>
/// <param name="Entry">The entry's changes.</param>
/// <param name="Change">The field's.</param>
/// <param name="Batch">Batch of the plan, from 0.</param>
/// <param name="Settled">How it was settled; null when it was not.</param>
internal sealed record PlannedField(EntryChange Entry, FieldChange Change, int Batch, SettledField? Settled)
{
    /// <summary>Finds it in the plan of a run; null when the plan does not change the field.</summary>
    public static async Task<PlannedField?> FindAsync(
        IRunStore store,
        StoredRun run,
        long entryId,
        string fieldId,
        CancellationToken cancellationToken)
    {
        for (var batch = 0; batch < run.Plan?.Batches; batch++)
        {
            await foreach (var entry in store.ReadLinesAsync<EntryChange>(run.RunId, Artefacts.Batch(batch), cancellationToken: cancellationToken))
            {
                if (entry.EntryId == entryId)
                {
                    return entry.Fields.FirstOrDefault(field => field.FieldId == fieldId) is { } change
                        ? new PlannedField(entry, change, batch, (await SettledFields.LoadAsync(store, run.RunId, batch, cancellationToken)).Find(entryId, fieldId))
                        : null;
                }
            }
        }

        return null;
    }
}
