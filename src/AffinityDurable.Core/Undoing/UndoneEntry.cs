using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Undoing;

/// <summary>What a run has written into one entry.</summary>
/// <param name="EntryId">The entry that was written: after a merge, the one in which the company lives on.</param>
/// <param name="EntityId">The company, person or opportunity.</param>
/// <param name="Name">Its display name.</param>
/// <param name="Fields">The acknowledged fields that are to be taken back.</param>
internal sealed record UndoneEntry(long EntryId, long EntityId, string? Name, IReadOnlyList<UndoneField> Fields);

/// <summary>One acknowledged field.</summary>
/// <param name="FieldId">The field.</param>
/// <param name="Before">Its value before the run.</param>
/// <param name="Ours">What Affinity has stored of what was sent, where it was read back; else what was sent.</param>
internal sealed record UndoneField(string FieldId, FieldValue? Before, FieldValue? Ours);
