using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>What failures of Snowflake mean. What it says of a query that fails while it runs may quote a cell and is not passed on.</summary>
internal static class SnowflakeProblems
{
    private const string CanceledState = "57014";
    private const string NoWarehouseState = "57P03";
    private const string NotPermittedState = "42501";

    public static ProblemException Unreadable() =>
        new(Problem.Of(DatabaseErrors.AnswerUnreadable, "An answer of Snowflake is not what its SQL API is documented to answer."));

    /// <summary>Of a statement that failed.</summary>
    public static Problem OfStatement(SnowflakeAnswer answer) => answer.SqlState switch
    {
        CanceledState => Problem.Of(DatabaseErrors.TimedOut, $"Snowflake ended the query: it ran into a time limit, or somebody cancelled it (code {answer.Code})."),
        NotPermittedState => Problem.Of(DatabaseErrors.NotPermitted, $"Snowflake says: {Said(answer)} (code {answer.Code})."),
        ['4', '2', ..] or NoWarehouseState => Problem.Of(DatabaseErrors.QueryRefused, $"Snowflake says: {Said(answer)} (code {answer.Code})."),
        var state => Problem.Of(DatabaseErrors.QueryFailed, $"Snowflake ended the query with code {answer.Code} (SQL state {state ?? "unknown"})."),
    };

    public static Problem LoginRefused(string connection, int status, string? code) => Problem.Of(
        DatabaseErrors.LoginRefused,
        $"Snowflake refuses the token of connection '{connection}' (HTTP {status}{(code is null ? "" : $", code {code}")}).",
        "Check Account, User and PrivateKey, or OAuthToken; that the public key is assigned to the user, and that network policies admit this machine.");

    /// <summary>Of a request that failed for good, before or after the statement was submitted.</summary>
    public static Problem Lost(string connection, bool isRunning, string how) => isRunning
        ? Problem.Of(DatabaseErrors.ConnectionLost, $"The result of connection '{connection}' could not be read to its end: {how}.")
        : Problem.Of(DatabaseErrors.Unreachable, $"Connection '{connection}': {how}.");

    private static string Said(SnowflakeAnswer answer) => string.Join(' ', (answer.Message ?? "nothing").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
