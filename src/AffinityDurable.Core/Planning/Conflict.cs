using System.Text.Json.Serialization;
using AffinityDurable.Core.Definitions;

namespace AffinityDurable.Core.Planning;

/// <summary>
/// A value on which source and Affinity differ, where that is for people to know: somebody has changed it since we wrote it, or the field
/// is reported only. Holds values: it is stored and shown, never logged.
/// </summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Name">Display name of the company, person or opportunity.</param>
/// <param name="Line">Line of the source row, where known.</param>
/// <param name="FieldId">The field.</param>
/// <param name="FieldName">Its name.</param>
/// <param name="Live">What Affinity shows, as a person would type it; empty for a blank.</param>
/// <param name="Source">What the source says, likewise.</param>
/// <param name="Decision">
/// What becomes of it: <see cref="OnConflict.SourceWins"/> overwrites the edit, <see cref="OnConflict.HumanWins"/> keeps it, <see cref="OnConflict.ReportOnly"/>
/// writes nothing in any case.
/// </param>
/// <param name="IsHumanEdit">Whether the live value is known not to be the one we left there.</param>
/// <param name="ChangedBy">Who changed it, where Affinity tells.</param>
/// <param name="ChangedAt">When.</param>
public sealed record Conflict(
    long EntryId,
    string? Name,
    long? Line,
    string FieldId,
    string FieldName,
    string Live,
    string Source,
    OnConflict Decision,
    bool IsHumanEdit,
    string? ChangedBy = null,
    DateTimeOffset? ChangedAt = null)
{
    /// <summary>Where the source's value comes from; null where the sync has one source that does not say of when its rows are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Provenance? Origin { get; init; }
}
