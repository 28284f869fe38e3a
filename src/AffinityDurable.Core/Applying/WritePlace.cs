using AffinityDurable.Core.Planning;

namespace AffinityDurable.Core.Applying;

/// <summary>Where the changes of an entry are written: to the entry itself, or to the one in which its company lives on after a merge.</summary>
/// <param name="Change">The planned changes.</param>
/// <param name="Target">The entry to write.</param>
/// <param name="EntityId">The company, person or opportunity behind it.</param>
internal readonly record struct WritePlace(EntryChange Change, long Target, long EntityId)
{
    public static WritePlace Of(EntryChange change) => new(change, change.EntryId, change.EntityId);

    /// <summary>The company was merged into another whose entry is written instead.</summary>
    public bool IsFollowed => Target != Change.EntryId;
}
