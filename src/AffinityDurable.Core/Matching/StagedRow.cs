namespace AffinityDurable.Core.Matching;

/// <summary>A source row that found exactly one entry, with its mapped columns only.</summary>
/// <param name="EntryId">The entry it speaks about.</param>
/// <param name="Line">First physical line of the record, where the source has lines.</param>
/// <param name="Cells">Text of the mapped columns, aligned with the run's mapped fields; null is empty.</param>
/// <param name="MatchedBy">Position of the match rule that found the entry, from 0; null where it was not noted.</param>
public sealed record StagedRow(long EntryId, long? Line, IReadOnlyList<string?> Cells, int? MatchedBy = null);
