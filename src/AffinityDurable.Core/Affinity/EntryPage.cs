namespace AffinityDurable.Core.Affinity;

/// <summary>A page of a list's entries.</summary>
/// <param name="Entries">At most 100.</param>
/// <param name="NextUrl">Absolute URL of the next page; null on the last. It already holds cursor and query.</param>
public sealed record EntryPage(IReadOnlyList<ListEntry> Entries, Uri? NextUrl);
