using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Matching;

namespace AffinityDurable.Core.Definitions;

/// <summary>Finds the field of a scope's condition, and holds its values to it.</summary>
internal sealed class ScopeResolver
{
    private readonly List<Problem> problems = [];

    public ScopeResolver(SyncDefinition definition, FieldLookup lookup, IReadOnlyDictionary<string, IReadOnlyList<DropdownOption>> options)
    {
        if (definition.Scope?.Where is not { } where)
        {
            return;
        }

        var mapping = new FieldMapping { Field = where.Field, Column = "", Line = where.Line };
        if (lookup.Find(mapping) is not { } field)
        {
            problems.Add(lookup.Problem(mapping, definition.File));
            return;
        }

        var scope = new ResolvedScope(field, options.GetValueOrDefault(field.Id, []));
        problems.AddRange(Unfit(scope, where, definition.TimeZone).Select(reason =>
            Problem.Of(MatchDefinitionErrors.ScopeDoesNotFit, reason, file: definition.File, line: where.Line)));
        Scope = problems.Count == 0 ? scope : null;
    }

    /// <summary>The field; null without a condition, or where something is wrong.</summary>
    public ResolvedScope? Scope { get; }

    public IReadOnlyList<Problem> Problems => problems;

    private static IEnumerable<string> Unfit(ResolvedScope scope, ScopeCondition where, string timeZone)
    {
        if (!FieldKey.Takes(scope.Field.ValueType))
        {
            return [$"\"{scope.Field.Name}\" ({scope.Field.Id}) is of the type {scope.Field.ValueType}, which a scope cannot ask for."];
        }

        var key = new FieldKey(scope, TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        return (where.Is ?? where.IsNot ?? []).Where(value => key.Of(value) is null).Select(value => $"'{value}' cannot be a value of \"{scope.Field.Name}\" ({scope.Field.Id}).");
    }
}
