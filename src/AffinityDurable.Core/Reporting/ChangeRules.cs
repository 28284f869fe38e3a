using System.Text.Json;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Matching;
using AffinityDurable.Core.Planning;

namespace AffinityDurable.Core.Reporting;

/// <summary>Rules of a definition as it spells them.</summary>
internal static class ChangeRules
{
    /// <summary>How a row found its entry, such as <c>domain in website</c>; null when it is not known.</summary>
    public static string? Match(SyncDefinition definition, SourceDefinition source, int? matchedBy)
    {
        var rules = definition.MatchOf(source);
        return matchedBy is { } position && position < rules.Count ? $"{KeyNames.Of(rules[position])} in {rules[position].Column}" : null;
    }

    /// <summary>What made a field change.</summary>
    public static string Of(FieldMapping mapping, ChangeReason reason) => reason switch
    {
        ChangeReason.Fill => "fills a blank",
        ChangeReason.Overwrite => OnConflict(mapping),
        ChangeReason.Clear => "onNull: clear",
        ChangeReason.Health => "health",
        ChangeReason.Stamp => "stamp",
        _ => Word(reason),
    };

    /// <summary>Whether columns of sources are behind a field.</summary>
    public static bool HasColumn(FieldMapping mapping) => mapping.Column.Length > 0 || mapping.From.Count > 0;

    public static string OnConflict(FieldMapping mapping) => $"onConflict: {Word(mapping.OnConflict)}";

    /// <summary>A word as definitions spell it.</summary>
    public static string Word<T>(T word)
        where T : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(word.ToString());
}
