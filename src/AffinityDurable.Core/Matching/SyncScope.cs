using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Matching;

/// <summary>Tells which entries a sync is about.</summary>
internal sealed class SyncScope
{
    private readonly ScopeCondition? condition;
    private readonly FieldKey? key;
    private readonly HashSet<string> values = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<long>? view;

    /// <param name="sync">The frozen definition.</param>
    /// <param name="view">The entries of its saved view; null where it names none.</param>
    public SyncScope(ResolvedSync sync, IReadOnlySet<long>? view)
    {
        this.view = view;
        if (sync is { Scope: { } scope, Definition.Scope.Where: { } where })
        {
            condition = where;
            key = new FieldKey(scope, TimeZoneInfo.FindSystemTimeZoneById(sync.Definition.TimeZone));
            values.UnionWith((where.Is ?? where.IsNot ?? []).Select(key.Of).OfType<string>());
        }
    }

    /// <summary>Whether the sync is about the entry. One whose value Affinity does not tell is left alone.</summary>
    public bool Includes(ListEntry entry) => view?.Contains(entry.Id) != false && (condition is null || Holds(entry[key!.FieldId]));

    private bool Holds(LiveValue value) => value.State is LiveState.Known or LiveState.Truncated && condition switch
    {
        { Is: not null } => key!.Of(value, []).Any(values.Contains),
        { IsNot: not null } => !key!.Of(value, []).Any(values.Contains),
        _ => condition!.IsEmpty == (value.Value is null),
    };
}
