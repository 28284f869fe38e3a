namespace AffinityDurable.LocalHost.History;

/// <summary>A message that waits for its function.</summary>
/// <param name="Row">Its place in the store.</param>
/// <param name="Body">The text.</param>
/// <param name="Attempts">How often the function was called with it.</param>
internal sealed record QueueMessage(long Row, string Body, int Attempts);
