namespace AffinityDurable.LocalHost.History;

/// <summary>Something an instance has to take notice of in its next turn.</summary>
/// <param name="Event">What happened; null only wakes the instance.</param>
/// <param name="Execution">The execution it belongs to; null for any.</param>
/// <param name="Row">The stored message to delete in the transaction that records it; 0 when it is not stored.</param>
internal readonly record struct InboxMessage(HistoryEvent? Event, int? Execution = null, long Row = 0)
{
    public static InboxMessage Wake => default;
}
