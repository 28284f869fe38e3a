using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary><c>stamp</c>.</summary>
internal static class StampSection
{
    private const string Cure = "Give the field that gets the name of the source, the one that gets the day of its row, or both: 'stamp: { source: Metrics source, asOf: Metrics as of }'.";

    public static StampDefinition? Read(MapReader? stamp, IReadOnlyList<SourceDefinition> sources)
    {
        if (stamp is null)
        {
            return null;
        }

        var asOf = stamp.Text("asOf");
        var definition = new StampDefinition { Source = stamp.Text("source")?.Value.Trim(), AsOf = asOf?.Value.Trim(), Line = stamp.Line };
        if (definition is { Source: null, AsOf: null })
        {
            stamp.Findings.Add(DefinitionErrors.Empty, "'stamp' names no field.", stamp.Line, Cure);
        }

        if (asOf is not null && sources.All(source => source.AsOf is null))
        {
            stamp.Report(SourcesErrors.StampWithoutAsOf, "'stamp.asOf' is given, and no source says of when its rows are.", asOf);
        }

        stamp.Close();
        return definition;
    }
}
