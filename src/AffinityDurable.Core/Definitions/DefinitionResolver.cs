using System.Text.Json;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Definitions;

/// <summary>Checks a definition against the live list and its fields.</summary>
public static class DefinitionResolver
{
    /// <summary>The fields that the definition leads to, so that the options of the dropdowns among them can be read before <see cref="Resolve"/>.</summary>
    public static IReadOnlyList<AffinityField> MappedFields(SyncDefinition definition, IReadOnlyList<AffinityField> fields)
    {
        var lookup = new FieldLookup(fields);
        var names = definition.EveryMapping.Select(mapping => mapping.Field)
            .Concat(definition.EveryMatch.Select(rule => rule.Field).Append(definition.Scope?.Where?.Field).OfType<string>())
            .Concat(definition.OnField.Where(trigger => trigger.Becomes is not null).Select(trigger => trigger.Name));
        return [.. names.Select(lookup.Find).OfType<AffinityField>().DistinctBy(field => field.Id)];
    }

    /// <summary>The definition for another list: its fields by name.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="listId">The other list.</param>
    /// <param name="fields">All fields of the definition's own list, which know the names behind ids.</param>
    public static SyncDefinition OnAnotherList(SyncDefinition definition, long listId, IReadOnlyList<AffinityField> fields)
    {
        var lookup = new FieldLookup(fields);
        return definition with
        {
            ListId = listId,
            Match = ByName(definition.Match),
            Sources = [.. definition.Sources.Select(source => source with { Match = ByName(source.Match) })],
            Scope = definition.Scope?.Where is { } where ? new ScopeDefinition { Where = where with { Field = lookup.Find(where.Field)?.Name ?? where.Field } } : null,
            Fields = [.. definition.Fields.Select(mapping => mapping with { Field = NameOf(mapping) })],

            // What happens on the own list starts nothing on another.
            OnNewEntry = false,
            OnField = [],
            Health = definition.Health is { } health
                ? health with
                {
                    Rules = [.. health.Rules.Select(rule => rule with { Field = NameOf(new FieldMapping { Field = rule.Field }) })],
                    WriteTo = health.WriteToMapping is { } writeTo ? NameOf(writeTo) : null,
                }
                : null,
            Stamp = definition.Stamp is { } stamp
                ? stamp with
                {
                    Source = stamp.SourceMapping is { } source ? NameOf(source) : null,
                    AsOf = stamp.AsOfMapping is { } asOf ? NameOf(asOf) : null,
                }
                : null,
        };

        IReadOnlyList<MatchRule> ByName(IReadOnlyList<MatchRule> rules) =>
            [.. rules.Select(rule => rule.Field is { } field ? rule with { Field = lookup.Find(field)?.Name ?? field } : rule)];

        string NameOf(FieldMapping mapping) => lookup.Find(mapping)?.Name ?? mapping.Field;
    }

    /// <summary>Resolves every mapping and reports everything that is wrong at once.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="list">The list it names.</param>
    /// <param name="fields">All fields of the list.</param>
    /// <param name="options">Options by field id, at least of the fields of <see cref="MappedFields"/>.</param>
    public static Resolution Resolve(
        SyncDefinition definition,
        AffinityList list,
        IReadOnlyList<AffinityField> fields,
        IReadOnlyDictionary<string, IReadOnlyList<DropdownOption>> options)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(options);
        var lookup = new FieldLookup(fields);
        var resolved = definition.Fields
            .Select(mapping => (Mapping: mapping, Field: lookup.Find(mapping)))
            .Where(pair => pair.Field is not null)
            .Select(pair => new ResolvedField(pair.Field!, pair.Mapping, options.GetValueOrDefault(pair.Field!.Id) ?? []))
            .ToList();
        var healthResolver = new HealthResolver(definition, resolved, lookup, options);
        var health = healthResolver.Resolve();
        var stampResolver = new StampResolver(definition, resolved, lookup, options);
        var stamp = stampResolver.Resolve();

        var keyResolver = new KeyResolver(definition, lookup, options);
        var scopeResolver = new ScopeResolver(definition, lookup, options);
        var triggerResolver = new TriggerResolver(definition, lookup, options);
        List<Problem> problems =
        [
            .. ListProblems(definition, list),
            .. definition.EveryMatch.Where(rule => !Fits(rule.By, list.Type)).Select(rule => DoesNotFit(rule, list, definition.File)),
            .. keyResolver.Problems,
            .. scopeResolver.Problems,
            .. triggerResolver.Problems,
            .. definition.Fields.Where(mapping => lookup.Find(mapping) is null).Select(mapping => lookup.Problem(mapping, definition.File)),
            .. resolved.SelectMany(field => FieldProblems(field, definition.File)),
            .. MappedTwice(resolved, definition.File),
            .. healthResolver.Problems,
            .. stampResolver.Problems,
        ];
        return problems.Count == 0
            ? new Resolution(new ResolvedSync(definition, list, resolved) { Health = health, Stamp = stamp, Keys = keyResolver.Keys, Scope = scopeResolver.Scope, OnField = triggerResolver.Triggers }, [])
            : new Resolution(null, [.. problems.OrderBy(problem => problem.Line ?? 0)]);
    }

    private static IEnumerable<Problem> ListProblems(SyncDefinition definition, AffinityList list)
    {
        if (definition.ListId != list.Id)
        {
            yield return Problem.Of(DefinitionErrors.WrongList, $"The definition names list {definition.ListId}, the list is {list.Id} (\"{list.Name}\").", file: definition.File);
        }
    }

    private static bool Fits(MatchKey key, string listType) => key switch
    {
        MatchKey.EntryId or MatchKey.Field => true,
        MatchKey.CompanyId or MatchKey.Domain => listType == "company",
        MatchKey.PersonId or MatchKey.Email => listType == "person",
        _ => false,
    };

    private static Problem DoesNotFit(MatchRule rule, AffinityList list, string? file)
    {
        var key = JsonNamingPolicy.CamelCase.ConvertName(rule.By.ToString());
        return Problem.Of(DefinitionErrors.MatchDoesNotFit, $"'{key}' does not work on \"{list.Name}\", a list of the type {list.Type}.", file: file, line: rule.Line);
    }

    private static IEnumerable<Problem> FieldProblems(ResolvedField resolved, string? file)
    {
        var (field, mapping) = (resolved.Field, resolved.Mapping);
        if (FieldWriteRules.Refusal(field, mapping.OverrideEnriched) is { } refusal)
        {
            yield return refusal with { File = file, Line = mapping.Line };
        }
        else if (!References.ReferenceQuestion.Fits(mapping.Resolve, field.ValueType))
        {
            yield return Problem.Of(
                MatchDefinitionErrors.ResolveDoesNotFit,
                $"\"{field.Name}\" ({field.Id}) is of the type {field.ValueType}; '{JsonNamingPolicy.CamelCase.ConvertName(mapping.Resolve.ToString())}' does not work there.",
                file: file,
                line: mapping.Line);
        }
        else if (mapping.Format is { } format && resolved.ValueType().FormatProblem(format) is { } problem)
        {
            yield return Problem.Of(DefinitionErrors.BadFormat, $"The format of \"{field.Name}\" ({field.Id}) does not fit: {problem}", file: file, line: mapping.Line);
        }
    }

    private static IEnumerable<Problem> MappedTwice(List<ResolvedField> resolved, string? file) =>
        from same in resolved.GroupBy(field => field.Field.Id, StringComparer.Ordinal)
        from again in same.Skip(1)
        select Problem.Of(
            DefinitionErrors.FieldMappedTwice,
            $"'{same.First().Mapping.Field}' and '{again.Mapping.Field}' are the same field, {same.Key} (\"{again.Field.Name}\").",
            file: file,
            line: again.Mapping.Line);
}
