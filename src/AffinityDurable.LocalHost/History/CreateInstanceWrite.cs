using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.History;

/// <summary>Starts an instance unless one of that id stands in the way.</summary>
internal sealed class CreateInstanceWrite(NewInstance start, Func<OrchestrationRuntimeStatus, bool> mayReplace, DateTimeOffset now) : StoreWrite
{
    /// <summary>After <see cref="StoreWrite.Done"/>: the status of the instance that stands in the way, or null when the new one was created.</summary>
    public OrchestrationRuntimeStatus? Obstacle { get; private set; }

    public override void Apply(StoreSession session)
    {
        if (session.Find(start.Id) is { } existing)
        {
            if (!existing.Status.IsTerminal() || !mayReplace(existing.Status))
            {
                Obstacle = existing.Status;
                return;
            }

            session.DeleteInstance(existing.Key);
        }

        session.AddInstance(start, parent: null, now);
    }
}
