using System.Data.Common;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Databases;

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">A cell that is not null as invariant text, null when it is empty; null for columns that have no text form.</param>
/// <param name="Length">The size of a cell that is not null, in bytes or characters; null for columns whose cells are always small.</param>
internal sealed record ResultColumn(string Name, Func<DbDataReader, int, string?>? Text, Func<DbDataReader, int, long>? Length = null)
{
    /// <summary>Of the columns of a result.</summary>
    /// <param name="columns">All of them.</param>
    /// <param name="needed">Names of those that will be asked for; null for all.</param>
    /// <exception cref="ProblemException">Columns share a name (AFF208), or one that is needed has no text form (AFF216).</exception>
    public static void RequireUsable(IReadOnlyList<ResultColumn> columns, IReadOnlySet<string>? needed)
    {
        List<Problem> problems =
        [
            .. columns.Where(column => column.Text is null && needed?.Contains(column.Name) != false).Select(column => Problem.Of(
                SourceErrors.ColumnNotText, $"Column '{column.Name}' of the query holds bytes or a structure.", "Turn it into text in the query, or leave it out.")),
            .. columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => Problem.Of(
                SourceErrors.DuplicateColumns, $"The query gives column '{same.Key}' {same.Count()} times.", "Give each column a name of its own with AS.")),
        ];
        if (problems.Count > 0)
        {
            throw new ProblemException(problems);
        }
    }
}
