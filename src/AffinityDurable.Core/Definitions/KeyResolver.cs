using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;

namespace AffinityDurable.Core.Definitions;

/// <summary>Finds the fields that rows match by.</summary>
internal sealed class KeyResolver
{
    private readonly List<ResolvedKey> keys = [];
    private readonly List<Problem> problems = [];

    public KeyResolver(SyncDefinition definition, FieldLookup lookup, IReadOnlyDictionary<string, IReadOnlyList<DropdownOption>> options)
    {
        foreach (var (position, rule) in definition.EveryMatch.Index().Where(one => one.Item.By == MatchKey.Field))
        {
            var mapping = new FieldMapping { Field = rule.Field ?? "", Column = rule.Column, Line = rule.Line };
            if (lookup.Find(mapping) is not { } field)
            {
                problems.Add(lookup.Problem(mapping, definition.File));
            }
            else if (Unfit(field, rule) is { } reason)
            {
                problems.Add(Problem.Of(MatchDefinitionErrors.FieldIsNoKey, reason, file: definition.File, line: rule.Line));
            }
            else
            {
                keys.Add(new ResolvedKey(position, field, options.GetValueOrDefault(field.Id, [])));
            }
        }
    }

    public IReadOnlyList<ResolvedKey> Keys => keys;

    public IReadOnlyList<Problem> Problems => problems;

    private static string? Unfit(AffinityField field, MatchRule rule) =>
        !FieldKey.Takes(field.ValueType) ? $"Rows cannot match by \"{field.Name}\" ({field.Id}), a field of the type {field.ValueType}."
        : rule.Through is not null && field.ValueType is not ("company" or "company-multi") ? $"'by' is for fields that hold companies; \"{field.Name}\" ({field.Id}) is of the type {field.ValueType}."
        : null;
}
