using AffinityDurable.Simulator.Changes;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Writing;

/// <summary>
/// Commits the updates of one entry, company or person at one moment, and tells what they changed. The write gate of the entity is held
/// from the first check to the last listener: what was checked still holds when it is stored, and changes are told in their order. Reads
/// do not wait for it.
/// </summary>
internal sealed class FieldWrites(Simulation simulation)
{
    private readonly UpdateRules _rules = new(simulation) { Redacts = true };
    private readonly UpdateRules _oldestRules = new(simulation);
    private readonly UpdateRules _rulesByHand = new(simulation) { IsByHand = true };

    /// <summary>Carries out a PATCH.</summary>
    /// <exception cref="ApiException">
    /// An update was refused. Atomic batches then changed nothing, others kept what came before it.
    /// </exception>
    public void Patch(WriteTarget target, IReadOnlyList<FieldUpdate> updates, Call call)
    {
        Commit(target, updates, call);
        target.CountAcceptedPatch();
        simulation.Counters.CountAcceptedPatch();
    }

    /// <summary>Carries out the POST of a single field.</summary>
    /// <exception cref="ApiException">The update was refused.</exception>
    public void Set(WriteTarget target, FieldUpdate update, Call call) => Commit(target, [update], call);

    /// <summary>Sets a value as a person does in the product: uncounted, and whatever the API hides or leaves to other endpoints.</summary>
    /// <exception cref="ApiException">The update was refused.</exception>
    public void SetByHand(WriteTarget target, FieldUpdate update, long userId)
    {
        lock (target.Entity.WriteGate)
        {
            var (accepted, refusal) = Check(_rulesByHand, target, [update]);
            if (refusal is not null)
            {
                throw refusal;
            }

            Store(target, accepted, userId);
        }
    }

    /// <summary>
    /// Puts what a person makes of a value in its place at one moment, past all rules of the API. Null leaves it, and the answer is null then.
    /// </summary>
    public PendingWrite? ChangeByHand(WriteTarget target, Field field, Func<FieldValue, FieldValue?> change, long userId)
    {
        lock (target.Entity.WriteGate)
        {
            if (change(target.ValueOf(field)) is not { } value)
            {
                return null;
            }

            var writes = new PendingWrites(1);
            writes.Add(field, value);
            Store(target, writes, userId);
            return writes.Writes[0];
        }
    }

    private void Commit(WriteTarget target, IReadOnlyList<FieldUpdate> updates, Call call)
    {
        var rules = call.Version > ApiVersion.V20240101 ? _rules : _oldestRules;
        lock (target.Entity.WriteGate)
        {
            var (accepted, refusal) = Check(rules, target, updates);
            if (refusal is not null && simulation.Behavior.AtomicBatches)
            {
                throw refusal;
            }

            Store(target, accepted, call.Key.User.Id);
            simulation.Counters.CountStored(accepted.Updates);
            if (refusal is not null)
            {
                throw refusal;
            }
        }
    }

    private (PendingWrites Accepted, ApiException? Refusal) Check(UpdateRules rules, WriteTarget target, IReadOnlyList<FieldUpdate> updates)
    {
        var accepted = new PendingWrites(updates.Count);
        try
        {
            foreach (var update in updates)
            {
                var (field, value) = rules.Check(target, update);
                if (update.Type is not null || simulation.Behavior.MissingValueClears)
                {
                    accepted.Add(field, value);
                }
            }

            return (accepted, null);
        }
        catch (ApiException refusal)
        {
            return (accepted, refusal);
        }
    }

    private void Store(WriteTarget target, PendingWrites accepted, long changerId)
    {
        target.Store(accepted.Writes);
        if (ChangesOf(target, accepted, changerId) is { } changes)
        {
            simulation.Events.Changed(changes);
        }
    }

    private List<FieldValueChange>? ChangesOf(WriteTarget target, PendingWrites stored, long changerId)
    {
        List<FieldValueChange>? changes = null;
        foreach (ref readonly var write in stored.Writes)
        {
            if (simulation.Events.Wants(write.Field) && !write.Value.IsSameAs(write.Before))
            {
                changes ??= new(stored.Writes.Length);
                var at = changes.Count > 0 ? changes[0].At : simulation.Time.GetUtcNow();
                changes.Add(new(at, changerId, target.Entity, target.EntryOf(write.Field), write.Field, write.Before, write.Value));
            }
        }

        return changes;
    }
}
