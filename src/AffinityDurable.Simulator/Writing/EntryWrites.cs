using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Writing;

/// <summary>Commits the updates of one entry at one moment; of two updates of a field the last one wins.</summary>
internal sealed class EntryWrites(Simulation simulation)
{
    /// <exception cref="ApiException">An update was refused. Atomic batches then changed nothing, others kept what came before it.</exception>
    public void Commit(ListEntry entry, IReadOnlyList<FieldUpdate> updates, ApiVersion version, bool isPatch)
    {
        var rules = new UpdateRules(simulation.Tenant, simulation.Behavior, redacts: version > ApiVersion.V20240101);
        var (accepted, refusal) = Check(rules, entry, updates);
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

    private static (List<(Field Field, FieldValue Value)> Accepted, ApiException? Refusal) Check(
        UpdateRules rules, ListEntry entry, IReadOnlyList<FieldUpdate> updates)
    {
        var accepted = new List<(Field, FieldValue)>(updates.Count);
        try
        {
            foreach (var update in updates)
            {
                accepted.Add(rules.Check(entry, update));
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
