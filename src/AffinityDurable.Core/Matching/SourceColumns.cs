using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Reading;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Matching;

/// <summary>Finds the columns that a definition names among those that a source has.</summary>
public static class SourceColumns
{
    /// <summary>Position of a column without regard to case; -1 when there is none.</summary>
    public static int IndexOf(IReadOnlyList<string> columns, string name)
    {
        ArgumentNullException.ThrowIfNull(columns);
        for (var index = 0; index < columns.Count; index++)
        {
            if (string.Equals(columns[index], name, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>All that is missing, each column once; the first also names the columns there are.</summary>
    public static IReadOnlyList<Problem> Missing(
        IReadOnlyList<string> columns, IEnumerable<MatchRule> rules, IEnumerable<string> mappedColumns) =>
        Missing(columns, null, rules.Select(Needed.By).Concat(mappedColumns.Select(column => Needed.By(column, null))));

    /// <summary>All that a definition names and its source lacks, by line, each column once where it is first named; the first also names the columns there are.</summary>
    public static IReadOnlyList<Problem> Missing(IReadOnlyList<string> columns, SyncDefinition definition, SourceDefinition source)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(source);
        var needed = definition.MatchOf(source).Select(Needed.By)
            .Concat(Needed.Of(source))
            .Concat(definition.Fields.Where(field => field.ColumnOf(source) is not null).Select(field => Needed.By(field.ColumnOf(source)!, field.Line)));
        return Missing(columns, definition.File, needed.OrderBy(one => one.Line ?? 0));
    }

    private static List<Problem> Missing(IReadOnlyList<string> columns, string? file, IEnumerable<Needed> needed)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var there = $" Columns there are: {string.Join(", ", columns)}.";
        return
        [
            .. needed.Where(one => IndexOf(columns, one.Column) < 0)
                .DistinctBy(one => one.Column, StringComparer.OrdinalIgnoreCase)
                .Select((one, index) => Problem.Of(
                    MatchErrors.ColumnMissing,
                    $"Column '{one.Column}', {one.Purpose}, is not in the source.{Nearest.DidYouMean(one.Column, columns)}{(index == 0 ? there : "")}",
                    file: file,
                    line: one.Line)),
        ];
    }

    /// <summary>A column, what for, and where the definition says so.</summary>
    private readonly record struct Needed(string Column, string Purpose, int? Line)
    {
        public static Needed By(MatchRule rule) => new(rule.Column, $"needed to match by {KeyNames.Of(rule)}", rule.Line);

        public static IEnumerable<Needed> Of(SourceDefinition source)
        {
            if (source.AsOf is { } asOf)
            {
                yield return new Needed(asOf.Column, "named by asOf", source.Line);
            }

            if (source.LatestBy is { } latestBy)
            {
                yield return new Needed(latestBy, "named by latestBy", source.Line);
            }
        }

        public static Needed By(string mappedColumn, int? line) => new(mappedColumn, "mapped to a field", line);
    }
}
