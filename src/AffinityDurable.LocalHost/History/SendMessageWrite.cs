namespace AffinityDurable.LocalHost.History;

/// <summary>A message from a client to an instance. Without such an instance, or with a terminal one, it is dropped.</summary>
internal sealed class SendMessageWrite(string instanceId, HistoryEvent message) : StoreWrite
{
    public override void Apply(StoreSession session)
    {
        if (session.Find(instanceId) is { } receiver)
        {
            session.Send(receiver.Key, null, message);
        }
    }
}
