using System.Text.Json.Serialization;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Matching;

/// <summary>One entry as it was read for a run: its keys and the live values of the mapped fields.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="EntityId">The company, person or opportunity.</param>
/// <param name="Name">Display name.</param>
/// <param name="Domains">Domains as Affinity gives them.</param>
/// <param name="Values">Aligned with the run's mapped fields.</param>
public sealed record EntrySnapshot(long EntryId, long EntityId, string? Name, IReadOnlyList<string> Domains, IReadOnlyList<LiveValue> Values)
{
    /// <summary>E-mail addresses of a person as Affinity gives them; null for other entities.</summary>
    public IReadOnlyList<string>? Emails { get; init; }

    /// <summary>Whether the entry is outside the scope of the sync: it is not changed, and nothing is concluded for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsOutside { get; init; }

    /// <summary>What rows can name the entry by through its fields, aligned with the sync's keys; null without any.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Keys { get; init; }
}
