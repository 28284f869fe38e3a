namespace AffinityDurable.LocalHost;

/// <summary>The host that holds a state directory.</summary>
/// <param name="ProcessId">Its process id; 0 when it is not known.</param>
/// <param name="Url">Where it listens; null when it does not.</param>
public sealed record StateDirectoryOwner(int ProcessId, Uri? Url);
