using System.Text.RegularExpressions;
using AffinityDurable.Core.Errors;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace AffinityDurable.Sources.Duck;

/// <summary>What DuckDB says about a query, as a problem. What it says while a query runs may quote cells and is not passed on.</summary>
internal static partial class QueryProblem
{
    /// <summary>From an error before any row was read: it speaks about the text of the query only.</summary>
    public static Problem WhenUnderstanding(string error)
    {
        var firstLine = error.Split('\n', 2)[0].Trim();
        var reachesOut = firstLine.StartsWith("Permission Error", StringComparison.Ordinal) || firstLine.Contains("extension", StringComparison.OrdinalIgnoreCase);
        return Problem.Of(reachesOut ? SourceErrors.QueryReachesOut : SourceErrors.QueryInvalid, $"DuckDB says: {firstLine}");
    }

    /// <summary>From an error while rows were read.</summary>
    public static Problem WhenRunning(DuckDBException exception)
    {
        var column = ColumnPattern().Match(exception.Message) is { Success: true } match ? $" in column {match.Groups["column"].Value}" : "";
        return exception.ErrorType switch
        {
            DuckDBErrorType.Permission => WhenUnderstanding(exception.Message),
            DuckDBErrorType.OutOfMemory => Problem.Of(SourceErrors.OutOfMemory, "The query ran out of memory or temporary space."),
            var type => Problem.Of(SourceErrors.QueryFailed, $"DuckDB ended the query with an error of kind {type}{column}."),
        };
    }

    [GeneratedRegex(@"source column (?<column>\w+)\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ColumnPattern();
}
