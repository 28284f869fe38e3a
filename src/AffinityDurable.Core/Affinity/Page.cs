namespace AffinityDurable.Core.Affinity;

/// <summary>A page of a collection.</summary>
/// <param name="Items">At most 100.</param>
/// <param name="NextUrl">Absolute address of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, Uri? NextUrl);
