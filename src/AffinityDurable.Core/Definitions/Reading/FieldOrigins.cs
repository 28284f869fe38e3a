using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>from</c> of a field: a column of the only source, or source to column in order of precedence.</summary>
internal static class FieldOrigins
{
    public static IReadOnlyList<FieldOrigin> Read(YamlMap map, string path, Findings findings)
    {
        if (map.Entries.Count == 0)
        {
            findings.Add(DefinitionErrors.Empty, $"'{path}' is empty.", map.Line, "Give sources and their columns, the most trusted first.");
        }

        foreach (var again in map.Entries.GroupBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
        {
            findings.Add(DefinitionErrors.DuplicateKey, $"'{path}.{again.Key}' is given twice.", again.Line);
        }

        return
        [
            .. map.Entries
                .Select(entry => (entry.Key, Column: Column.Of(entry.Value, $"{path}.{entry.Key}", findings)))
                .Where(origin => origin.Column is not null)
                .Select(origin => new FieldOrigin(origin.Key, origin.Column!)),
        ];
    }

    /// <summary>Holds the fields to the sources that there are.</summary>
    public static void Check(IReadOnlyList<FieldMapping> mappings, IReadOnlyList<SourceDefinition> sources, Findings findings)
    {
        var names = sources.Select(source => source.Name).ToList();
        foreach (var mapping in mappings)
        {
            if (mapping.Column.Length > 0 && sources.Count > 1)
            {
                findings.Add(SourcesErrors.SourceNotSaid, $"Field '{mapping.Field}' names the column '{mapping.Column}' and no source.", mapping.Line);
            }

            foreach (var unknown in mapping.From.Where(origin => sources.Count > 0 && !names.Contains(origin.Source)))
            {
                findings.Add(
                    SourcesErrors.UnknownSource,
                    $"Field '{mapping.Field}' comes from '{unknown.Source}', which is no source.{Nearest.DidYouMean(unknown.Source, names)}",
                    mapping.Line,
                    $"Known: {string.Join(", ", names)}.");
            }

            if (mapping.OnNull == OnNull.Clear && sources.FirstOrDefault(source => source.Delivers == Delivery.Changes && mapping.ColumnOf(source) is not null) is { } changes)
            {
                findings.Add(SourcesErrors.ChangesNeverClear, $"Field '{mapping.Field}' says 'onNull: clear', and '{changes.Name}' delivers changes.", mapping.Line);
            }
        }
    }
}
