namespace AffinityDurable.LocalHost;

/// <summary>A folder whose files become messages of a queue, as blobs do on Azure.</summary>
/// <param name="Path">The folder, with all below it.</param>
/// <param name="Queue">The queue that gets a message for each file that arrives.</param>
public sealed record WatchedFolder(string Path, string Queue);
