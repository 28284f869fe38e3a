using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Definitions;

/// <summary>Checks the health rules of a definition against its mapped fields, and the field that keeps the state against the list.</summary>
internal sealed class HealthResolver(
    SyncDefinition definition,
    IReadOnlyList<ResolvedField> mapped,
    FieldLookup lookup,
    IReadOnlyDictionary<string, IReadOnlyList<DropdownOption>> options)
{
    private const string Ok = "OK";
    private const string AtRisk = "At risk";

    private readonly List<Problem> problems = [];

    /// <summary>Everything that is wrong, once resolved.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>The rules; null when there are none, or something is wrong.</summary>
    public ResolvedHealth? Resolve()
    {
        if (definition.Health is not { } health)
        {
            return null;
        }

        var rules = health.Rules.Select(Resolve).OfType<ResolvedHealthRule>().ToList();
        var writeTo = health.WriteToMapping is { } mapping ? ResolveField(mapping) : null;
        return problems.Count == 0 ? new ResolvedHealth(rules, writeTo) : null;
    }

    private ResolvedHealthRule? Resolve(HealthRule rule)
    {
        if (FieldNames.Find(rule.Field, mapped) is not { } field)
        {
            // A mapping that leads to no field is told by itself.
            if (!definition.Fields.Any(mapping => mapping.Field == rule.Field))
            {
                Report(DefinitionErrors.HealthFieldNotMapped, $"A health rule is about '{rule.Field}', which is not under 'fields'.", rule.Line);
            }

            return null;
        }

        if (Needs(rule) is { } type && field.Field.ValueType != type)
        {
            Report(
                DefinitionErrors.HealthRuleDoesNotFit,
                $"The condition needs a field of the type {type}; \"{field.Field.Name}\" ({field.Field.Id}) is of the type {field.Field.ValueType}.",
                rule.Line);
        }

        return new ResolvedHealthRule(rule, mapped.ToList().IndexOf(field));
    }

    private static string? Needs(HealthRule rule) => rule switch
    {
        { Below: not null } or { Above: not null } => "number",
        { StaleDays: not null } => "datetime",
        _ => null,
    };

    private HealthField? ResolveField(FieldMapping mapping)
    {
        if (lookup.Find(mapping) is not { } field)
        {
            problems.Add(lookup.Problem(mapping, definition.File));
            return null;
        }

        if (FieldWriteRules.Refusal(field, overrideEnriched: false) is { } refusal)
        {
            problems.Add(refusal with { File = definition.File, Line = mapping.Line });
            return null;
        }

        var resolved = new ResolvedField(field, mapping, options.GetValueOrDefault(field.Id) ?? []);
        if (WhyNot(field) is { } why)
        {
            Report(DefinitionErrors.HealthFieldUnusable, $"\"{field.Name}\" ({field.Id}) cannot keep the state: {why}.", mapping.Line);
            return null;
        }

        var (ok, atRisk) = (OptionOf(resolved, Ok), OptionOf(resolved, AtRisk));
        return ok is null || atRisk is null ? null : new HealthField(resolved, ok.Value, atRisk.Value);
    }

    private string? WhyNot(AffinityField field) =>
        field.ValueType is not ("dropdown" or "ranked-dropdown") ? $"it is of the type {field.ValueType}"
        : mapped.Any(other => other.Field.Id == field.Id) ? "a column goes into it"
        : null;

    private long? OptionOf(ResolvedField field, string text)
    {
        var option = field.Options.FirstOrDefault(option => string.Equals(option.Text.Trim(), text, StringComparison.OrdinalIgnoreCase));
        if (option is null)
        {
            Report(DefinitionErrors.HealthFieldUnusable, $"\"{field.Field.Name}\" ({field.Field.Id}) cannot keep the state: it has no option '{text}'.", field.Mapping.Line);
        }

        return option?.Id;
    }

    private void Report(ErrorCode code, string message, int? line) => problems.Add(Problem.Of(code, message, file: definition.File, line: line));
}
