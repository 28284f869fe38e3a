namespace AffinityDurable.LocalHost.History;

/// <summary>What is kept of a timer trigger between runs of the host, UTC.</summary>
/// <param name="Last">The latest occurrence that ran; null before the first.</param>
/// <param name="Next">The occurrence it waits for.</param>
/// <param name="UpdatedAt">When this was written.</param>
internal sealed record TimerTriggerStatus(DateTimeOffset? Last, DateTimeOffset Next, DateTimeOffset UpdatedAt);
