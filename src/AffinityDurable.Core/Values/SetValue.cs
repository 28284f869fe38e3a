using System.Collections.Immutable;

namespace AffinityDurable.Core.Values;

/// <summary>A multi-value: a set without order or duplicates, never empty (an empty one is a <c>null</c> value). A write replaces the whole set.</summary>
public sealed record SetValue : FieldValue
{
    private readonly HashSet<FieldValue> members;

    private SetValue(ImmutableArray<FieldValue> items, HashSet<FieldValue> members)
    {
        Items = items;
        this.members = members;
    }

    /// <summary>The distinct items in the order first seen.</summary>
    public ImmutableArray<FieldValue> Items { get; }

    /// <summary>The set of the items; null when there are none.</summary>
    public static SetValue? Of(IEnumerable<FieldValue> items)
    {
        var seen = new HashSet<FieldValue>();
        var distinct = items.Where(seen.Add).ToImmutableArray();
        return distinct.IsEmpty ? null : new SetValue(distinct, seen);
    }

    public bool Equals(SetValue? other) => other is not null && members.SetEquals(other.members);

    public override int GetHashCode() => Items.Aggregate(0, (hash, item) => hash ^ item.GetHashCode());
}
