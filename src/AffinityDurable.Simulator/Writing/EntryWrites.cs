using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Writing;

/// <summary>Commits the updates of one entry at one moment; of two updates of a field the last one wins.</summary>
internal sealed class EntryWrites(Simulation simulation)
{
    private readonly UpdateRules _rules = new(simulation.Tenant, simulation.Behavior);

    /// <exception cref="ApiException">An update was refused. Atomic batches then changed nothing, others kept what came before it.</exception>
    public void Commit(ListEntry entry, IReadOnlyList<FieldUpdate> updates, bool isPatch)
    {
        if (entry.IsRestricted)
        {
            throw new ApiException(403, "The entry is restricted.");
        }

        var (accepted, refusal) = Check(entry, updates);
        if (refusal is not null && simulation.Behavior.AtomicBatches)
        {
            throw refusal;
        }

        Store(entry, accepted);
        simulation.Counters.CountStored(accepted.Count);
        if (refusal is not null)
        {
            throw refusal;
        }

        if (isPatch)
        {
            entry.CountAcceptedPatch();
            simulation.Counters.CountAcceptedPatch();
        }
    }

    private (List<(Field Field, FieldValue Value)> Accepted, ApiException? Refusal) Check(ListEntry entry, IReadOnlyList<FieldUpdate> updates)
    {
        var accepted = new List<(Field, FieldValue)>(updates.Count);
        try
        {
            foreach (var update in updates)
            {
                accepted.Add(_rules.Check(entry, update));
            }

            return (accepted, null);
        }
        catch (ApiException refusal)
        {
            return (accepted, refusal);
        }
    }

    private static void Store(ListEntry entry, List<(Field Field, FieldValue Value)> accepted)
    {
        lock (entry.Values.Gate)
        {
            lock (entry.Entity.Values.Gate)
            {
                foreach (var (field, value) in accepted)
                {
                    entry.ValuesOf(field).Set(field.Slot, value, entry.SlotsOf(field));
                }
            }
        }
    }
}
