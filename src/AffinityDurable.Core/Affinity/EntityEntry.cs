namespace AffinityDurable.Core.Affinity;

/// <summary>A place of a company on a list; the same company can be on a list more than once.</summary>
public sealed record EntityEntry(long EntryId, long ListId);
