using System.Text.Json.Serialization;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Planning;

/// <summary>All changes of one entry: what one PATCH writes (one more per 100 fields). Stored as the before-image of the run.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="EntityId">The company, person or opportunity.</param>
/// <param name="Name">Its display name.</param>
/// <param name="Line">Line of the source row, where known and the sync has one source.</param>
/// <param name="RowHasRejects">Another value of the same row was rejected: the row counts as rejected, these changes are written all the same.</param>
/// <param name="Fields">At least one.</param>
public sealed record EntryChange(
    long EntryId,
    long EntityId,
    string? Name,
    long? Line,
    bool RowHasRejects,
    IReadOnlyList<FieldChange> Fields)
{
    /// <summary>Position of the match rule that found the entry, from 0; null where no row is behind the change.</summary>
    public int? MatchedBy { get; init; }

    /// <summary>Rows of the sources that speak about the entry; they share what becomes of it.</summary>
    public int Rows { get; init; } = 1;
}

/// <summary>One field, before and after.</summary>
/// <param name="FieldId">The field.</param>
/// <param name="Reason">Why it is written.</param>
/// <param name="Before">Live value when the plan was made; null is empty.</param>
/// <param name="After">Value to write; null clears.</param>
/// <param name="ReadBack">We sent this very value before and Affinity shows another: read it after the write, to learn what it stores.</param>
public sealed record FieldChange(string FieldId, ChangeReason Reason, FieldValue? Before, FieldValue? After, bool ReadBack = false)
{
    /// <summary>Where the value comes from; null where the sync has one source that does not say of when its rows are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Provenance? Origin { get; init; }
}

/// <summary>Why a field changes.</summary>
public enum ChangeReason
{
    /// <summary>The field was empty.</summary>
    Fill,

    /// <summary>The field had another value.</summary>
    Overwrite,

    /// <summary>The source is empty and the mapping says <c>onNull: clear</c>.</summary>
    Clear,

    /// <summary>A run that wrote the field is undone.</summary>
    Restore,

    /// <summary>The field keeps the health of the entry, which is another now.</summary>
    Health,

    /// <summary>The field says where the values of the entry come from, which is another source or another day now.</summary>
    Stamp,
}
