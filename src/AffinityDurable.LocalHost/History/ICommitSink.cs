namespace AffinityDurable.LocalHost.History;

/// <summary>Learns of committed transactions, on the writer thread.</summary>
internal interface ICommitSink
{
    void Committed(IReadOnlyList<InstanceRecord> started, IReadOnlyList<(long Key, InboxMessage Message)> deliveries);

    void Faulted(Exception exception);
}
