using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Definitions;

/// <summary>Checks the stamp fields of a definition against the list.</summary>
internal sealed class StampResolver(
    SyncDefinition definition,
    IReadOnlyList<ResolvedField> mapped,
    FieldLookup lookup,
    IReadOnlyDictionary<string, IReadOnlyList<DropdownOption>> options)
{
    private readonly List<Problem> problems = [];

    /// <summary>Everything that is wrong, once resolved.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>The fields; null when there are none.</summary>
    public ResolvedStamp? Resolve() => definition.Stamp is { } stamp
        ? new ResolvedStamp(Resolve(stamp.SourceMapping, WhyNoSource), Resolve(stamp.AsOfMapping, WhyNoDay))
        : null;

    private ResolvedField? Resolve(FieldMapping? mapping, Func<ResolvedField, string?> whyNot)
    {
        if (mapping is null)
        {
            return null;
        }

        if (lookup.Find(mapping) is not { } field)
        {
            problems.Add(lookup.Problem(mapping, definition.File));
            return null;
        }

        var resolved = new ResolvedField(field, mapping, options.GetValueOrDefault(field.Id) ?? []);
        if (FieldWriteRules.Refusal(field, overrideEnriched: false) is { } refusal)
        {
            problems.Add(refusal with { File = definition.File, Line = mapping.Line });
        }
        else if ((WhyTaken(field) ?? whyNot(resolved)) is { } why)
        {
            problems.Add(Problem.Of(SourcesErrors.StampFieldUnusable, $"\"{field.Name}\" ({field.Id}) cannot take the stamp: {why}.", file: definition.File, line: mapping.Line));
        }

        return resolved;
    }

    private string? WhyTaken(AffinityField field) =>
        mapped.Any(other => other.Field.Id == field.Id) ? "a column goes into it"
        : definition.Health?.WriteToMapping is { } health && lookup.Find(health)?.Id == field.Id ? "it keeps the health"
        : null;

    private string? WhyNoSource(ResolvedField resolved) => resolved.Field.ValueType switch
    {
        "text" or "filterable-text" => null,
        "dropdown" or "ranked-dropdown" => definition.Sources.FirstOrDefault(source => resolved.ValueType().Coerce(source.Name, resolved.CoercionContext(TimeZoneInfo.Utc)).Rejection is not null) is { } unknown
            ? $"it has no option '{unknown.Name}'"
            : null,
        var other => $"it is of the type {other}",
    };

    private static string? WhyNoDay(ResolvedField resolved) => resolved.Field.ValueType == "datetime" ? null : $"it is of the type {resolved.Field.ValueType}";
}
