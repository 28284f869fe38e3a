using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Matching;

/// <summary>Decides by the live values of an entry whether the change of a field starts a run of it.</summary>
public sealed class TriggerRules
{
    private readonly List<Rule> rules;

    /// <param name="sync">The definition, checked against the live list.</param>
    public TriggerRules(ResolvedSync sync)
    {
        ArgumentNullException.ThrowIfNull(sync);
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(sync.Definition.TimeZone);
        rules = [.. sync.OnField.Select(trigger => new Rule(trigger, timeZone))];
    }

    /// <summary>The fields whose values have to be known.</summary>
    public IReadOnlyList<AffinityField> Fields => [.. rules.Where(rule => !rule.TakesAnything).Select(rule => rule.Field).DistinctBy(asked => asked.Id, StringComparer.Ordinal)];

    /// <summary>Whether any change of the field starts a run, whatever it has become.</summary>
    public bool TakesAnyChange(string fieldId) => rules.Exists(rule => rule.Field.Id == fieldId && rule.TakesAnything);

    /// <summary>Whether a value of the field may start a run.</summary>
    public bool Asks(string fieldId) => rules.Exists(rule => rule.Field.Id == fieldId);

    /// <summary>Whether the field of an entry is what it was to become. One whose value Affinity does not tell is not.</summary>
    public bool Holds(string fieldId, ListEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return rules.Exists(rule => rule.Field.Id == fieldId && rule.Holds(entry));
    }

    private sealed class Rule
    {
        private readonly FieldKey? key;
        private readonly HashSet<string> values;

        public Rule(ResolvedTrigger trigger, TimeZoneInfo timeZone)
        {
            Field = trigger.Field;
            key = trigger.Trigger.Becomes is null ? null : new FieldKey(trigger, timeZone);
            values = [.. (trigger.Trigger.Becomes ?? []).Select(value => key!.Of(value)).OfType<string>()];
        }

        public AffinityField Field { get; }

        public bool TakesAnything => key is null;

        public bool Holds(ListEntry entry) =>
            key is null || (entry[Field.Id] is { State: LiveState.Known or LiveState.Truncated } value && key.Of(value, []).Any(values.Contains));
    }
}
