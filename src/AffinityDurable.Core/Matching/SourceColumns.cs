using AffinityDurable.Core.Definitions;
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

    /// <summary>All that is missing, each with the columns there are.</summary>
    public static IReadOnlyList<Problem> Missing(
        IReadOnlyList<string> columns, IEnumerable<MatchRule> rules, IEnumerable<string> mappedColumns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var there = string.Join(", ", columns);
        return
        [
            .. rules.Where(rule => IndexOf(columns, rule.Column) < 0)
                .Select(rule => $"Column '{rule.Column}', needed to match by {KeyNames.Of(rule.By)}, is not in the source.")
                .Concat(mappedColumns.Distinct(StringComparer.OrdinalIgnoreCase).Where(name => IndexOf(columns, name) < 0)
                    .Select(name => $"Column '{name}', mapped to a field, is not in the source."))
                .Select(message => Problem.Of(MatchErrors.ColumnMissing, $"{message} Columns there are: {there}.")),
        ];
    }
}
