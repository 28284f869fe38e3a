using AffinityDurable.Core.Planning;

namespace AffinityDurable.Core.Applying;

/// <summary>
/// What of one call is still to be sent, in groups. A refused group is sent again without the updates that the error names, or in
/// halves where it names none, so that every bad update ends up alone or named, and every good one written.
/// </summary>
internal sealed class UpdateGroups
{
    private readonly Stack<Group> groups = new();
    private readonly List<RefusedUpdate> named = [];

    /// <param name="parts">Groups that an earlier attempt has found to be sent apart; at the start one.</param>
    public UpdateGroups(IEnumerable<IReadOnlyList<FieldChange>> parts)
    {
        foreach (var part in parts.Reverse())
        {
            groups.Push(new Group(part));
        }
    }

    /// <summary>All that is not dealt with.</summary>
    public IReadOnlyList<FieldChange> Left => [.. groups.SelectMany(group => group.Updates), .. named.Select(refused => refused.Update)];

    /// <summary>What to send next, if it is not empty; null when all is dealt with.</summary>
    public IReadOnlyList<FieldChange>? Next()
    {
        if (groups.Count == 0)
        {
            // Named by an error, but never shown to be the trouble: each speaks for itself.
            named.ForEach(refused => groups.Push(new Group([refused.Update])));
            named.Clear();
        }

        return groups.TryPeek(out var group) ? group.Updates : null;
    }

    /// <summary>Of the group at hand only these are left.</summary>
    public IReadOnlyList<FieldChange> Keep(IReadOnlyList<FieldChange> open)
    {
        groups.Push(groups.Pop() with { Updates = open });
        return open;
    }

    /// <summary>The group at hand is written.</summary>
    /// <returns>Named updates that are thereby shown to be the bad ones: what was left without them passed.</returns>
    public IReadOnlyList<RefusedUpdate> Accept()
    {
        if (!groups.Pop().IsRest)
        {
            return [];
        }

        RefusedUpdate[] shown = [.. named];
        named.Clear();
        return shown;
    }

    /// <summary>The group at hand will never be written.</summary>
    public void Drop() => groups.Pop();

    /// <summary>The group at hand was refused: it is sent without what the error names, or in halves.</summary>
    /// <returns>What is set apart.</returns>
    public IReadOnlyList<FieldChange> Split(IReadOnlyList<RefusedUpdate> bad)
    {
        var updates = groups.Pop().Updates;
        if (bad.Count == 0)
        {
            var half = (updates.Count + 1) / 2;
            groups.Push(new Group([.. updates.Skip(half)]));
            groups.Push(new Group([.. updates.Take(half)]));
            return groups.Peek().Updates;
        }

        named.AddRange(bad);
        FieldChange[] apart = [.. bad.Select(refused => refused.Update)];
        groups.Push(new Group([.. updates.Except(apart)]) { IsRest = true });
        return apart;
    }

    /// <param name="Updates">None: nothing has to be sent for it.</param>
    private sealed record Group(IReadOnlyList<FieldChange> Updates)
    {
        /// <summary>What an error left unnamed: when it passes, those it named were the bad ones.</summary>
        public bool IsRest { get; init; }
    }
}
