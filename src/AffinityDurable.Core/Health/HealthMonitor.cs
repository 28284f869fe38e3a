using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Health;

/// <summary>Watches a plan being made: the health of every entry in scope, by the values it will have after the run.</summary>
/// <param name="sync">The frozen definition, with health rules.</param>
/// <param name="scope">The entries that the run speaks about.</param>
/// <param name="check">Holds the rules to values.</param>
/// <param name="before">Entries at risk after the last full run; null when none is known.</param>
internal sealed class HealthMonitor(ResolvedSync sync, EntryScope scope, HealthCheck check, IReadOnlyDictionary<long, HealthEntry>? before)
{
    /// <summary>Entries that a report names; the artefact has them all.</summary>
    private const int MostNamed = 100;

    private readonly HealthField? writeTo = sync.Health!.WriteTo;
    private readonly HashSet<long> seen = [];
    private readonly List<HealthEntry> atRisk = [];
    private readonly List<HealthEntry> crossed = [];
    private readonly List<HealthEntry> recovered = [];
    private readonly FieldTally tally = new();
    private int ok;
    private int unknown;

    /// <summary>What the next run compares with: the entries at risk, those included about which nothing could be said this time.</summary>
    public IReadOnlyList<HealthEntry> AtRisk => atRisk;

    /// <summary>Changes of the field that keeps the state; null when there is none.</summary>
    public FieldSummary? FieldSummary => writeTo is null
        ? null
        : tally.Summarise(writeTo.Field.Field.Id, writeTo.Field.Field.Name) with { IsComputed = true, WithLiveValue = 0 };

    public HealthSummary Summarise() => new()
    {
        Ok = ok,
        AtRisk = seen.Count - ok - unknown,
        Unknown = unknown,
        Crossed = crossed.Count,
        Recovered = recovered.Count,
        CrossedEntries = [.. crossed.Take(MostNamed)],
        RecoveredEntries = [.. recovered.Take(MostNamed)],
        IsFirst = before is null,
    };

    /// <summary>Notes an entry.</summary>
    /// <param name="entry">The entry as it is.</param>
    /// <param name="change">What is planned for it.</param>
    /// <param name="mayChange">Whether the run may change one more entry.</param>
    /// <returns>The change with that of its state, if there is one.</returns>
    public EntryChange? Watch(EntrySnapshot entry, EntryChange? change, bool mayChange)
    {
        if (!scope.Includes(entry) || !seen.Add(entry.EntryId))
        {
            return change;
        }

        var rules = check.TrueOf(column => After(entry, change, column));
        Note(entry, rules);
        return rules is not null && mayChange && StateChange(entry, rules.Count > 0) is { } state ? With(entry, change, state) : change;
    }

    private LiveValue After(EntrySnapshot entry, EntryChange? change, int column) =>
        change?.Fields.FirstOrDefault(field => field.FieldId == sync.Fields[column].Field.Id) is { } planned
            ? LiveValue.Known(planned.After)
            : entry.Values[column];

    private void Note(EntrySnapshot entry, IReadOnlyList<string>? rules)
    {
        var earlier = before?.GetValueOrDefault(entry.EntryId);
        if (rules is null)
        {
            unknown++;
            atRisk.AddRange(earlier is null ? [] : [earlier]);
        }
        else if (rules.Count == 0)
        {
            ok++;
            recovered.AddRange(earlier is null ? [] : [earlier]);
        }
        else
        {
            var now = new HealthEntry(entry.EntryId, entry.Name, rules);
            atRisk.Add(now);
            crossed.AddRange(earlier is null ? [now] : []);
        }
    }

    private FieldChange? StateChange(EntrySnapshot entry, bool isAtRisk)
    {
        if (writeTo is null || entry.Values[sync.Fields.Count] is not { State: LiveState.Known, Value: var live })
        {
            return null;
        }

        var state = new OptionValue(isAtRisk ? writeTo.AtRisk : writeTo.Ok);
        var kind = Equals(live, state) ? DecisionKind.Unchanged : live is null ? DecisionKind.Fill : DecisionKind.Overwrite;
        tally.Add(new FieldDecision(kind, state), live is not null, size: null);
        return kind == DecisionKind.Unchanged ? null : new FieldChange(writeTo.Field.Field.Id, ChangeReason.Health, live, state);
    }

    private static EntryChange With(EntrySnapshot entry, EntryChange? change, FieldChange state) => change is null
        ? new EntryChange(entry.EntryId, entry.EntityId, entry.Name, null, false, [state])
        : change with { Fields = [.. change.Fields, state] };
}
