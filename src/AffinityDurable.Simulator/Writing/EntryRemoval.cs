using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Writing;

/// <summary>Takes rows off their lists as people do in the product; this API cannot.</summary>
internal sealed class EntryRemoval(Simulation simulation)
{
    /// <summary>False when somebody else was faster.</summary>
    public bool Remove(ListEntry entry)
    {
        if (!entry.List.Remove(entry))
        {
            return false;
        }

        simulation.Events.Deleted(entry);
        return true;
    }
}
