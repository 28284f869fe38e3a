using System.Runtime.InteropServices;
using AffinityDurable.Core.Errors;
using DuckDB.NET.Native;

namespace AffinityDurable.Sources.Duck;

/// <summary>Lets through exactly one SELECT, as DuckDB itself parses and binds it; nothing of the text runs before that.</summary>
internal static class SelectStatement
{
    private static readonly string[] Beginnings = ["SELECT", "WITH", "FROM", "VALUES"];

    /// <exception cref="ProblemException">Not one SELECT (AFF210), out of bounds (AFF211), or not understood (AFF212).</exception>
    public static void Require(DuckDBNativeConnection connection, string query)
    {
        var count = NativeMethods.ExtractStatements.DuckDBExtractStatements(connection, query, out var statements);
        using (statements)
        {
            if (count != 1)
            {
                var error = count == 0 ? NativeMethods.ExtractStatements.DuckDBExtractStatementsError(statements) : null;
                throw new ProblemException(string.IsNullOrEmpty(error)
                    ? Problem.Of(SourceErrors.QueryNotOneSelect, $"The query has {count} statements.")
                    : QueryProblem.WhenUnderstanding(error));
            }

            RequireBeginning(query);
            RequireSelect(connection, statements);
        }
    }

    // DuckDB rewrites PRAGMA, SHOW, DESCRIBE and SUMMARIZE to a SELECT before it tells their type.
    private static void RequireBeginning(string query)
    {
        var text = SqlComments.SkipTo(query).TrimStart("( \t\r\n").ToString();
        if (!Beginnings.Any(word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
        {
            throw NotSelect();
        }
    }

    private static void RequireSelect(DuckDBNativeConnection connection, DuckDBExtractedStatements statements)
    {
        var state = NativeMethods.ExtractStatements.DuckDBPrepareExtractedStatement(connection, statements, 0, out var prepared);
        using (prepared)
        {
            if (state != DuckDBState.Success)
            {
                throw new ProblemException(QueryProblem.WhenUnderstanding(NativeMethods.PreparedStatements.DuckDBPrepareError(prepared)));
            }

            if (StatementType(prepared.DangerousGetHandle()) != (int)DuckDBStatementType.Select)
            {
                throw NotSelect();
            }

            if (NativeMethods.PreparedStatements.DuckDBParams(prepared) != 0)
            {
                throw new ProblemException(Problem.Of(SourceErrors.QueryInvalid, "The query has parameters, and there is nothing to give for them."));
            }
        }
    }

    private static ProblemException NotSelect() =>
        new(Problem.Of(SourceErrors.QueryNotOneSelect, "The query is a statement of another kind."));

    // The bindings do not declare this function of DuckDB's C interface.
    [DllImport("duckdb", EntryPoint = "duckdb_prepared_statement_type", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatementType(IntPtr preparedStatement);
}
