namespace AffinityDurable.Sources.Files.Stores;

/// <summary>A file where it is kept, as it was when it was found.</summary>
/// <param name="Path">Within its store, with <c>/</c> between folders.</param>
/// <param name="Name">As people know it, for messages.</param>
/// <param name="Length">Bytes.</param>
/// <param name="WrittenAt">Time of its last change.</param>
/// <param name="Version">Changes when the content does; null where the store has no such thing.</param>
internal sealed record StoredFile(string Path, string Name, long Length, DateTimeOffset WrittenAt, string? Version = null);
