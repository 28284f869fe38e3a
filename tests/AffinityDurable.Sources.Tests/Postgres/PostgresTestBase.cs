using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Postgres;
using AffinityDurable.Sources.Tests.Databases;

namespace AffinityDurable.Sources.Tests.Postgres;

/// <summary>Reads queries as the role <c>reader</c>.</summary>
public abstract class PostgresTestBase(PostgresServer server)
{
    protected PostgresServer Server => server;

    /// <summary>A schema of the test, with statements run in it; tables in it can be read.</summary>
    private protected async Task<string> SchemaAsync(string statements)
    {
        var schema = $"t{Guid.NewGuid():N}";
        await server.ExecuteAsync($"create schema {schema}; set search_path to {schema}; {statements}; grant usage on schema {schema} to reader; grant select on all tables in schema {schema} to reader");
        return schema;
    }

    private protected static SourceRequest Request(string query, params (string Key, string Value)[] keys) =>
        QueryRead.Request("postgres", [("connection", "warehouse"), ("query", query), .. keys]);

    private protected PostgresSourceAdapter Adapter(params (string Key, string? Value)[] changes)
    {
        var keys = new Dictionary<string, string?>
        {
            ["Host"] = "127.0.0.1",
            ["Port"] = $"{server.Port}",
            ["Database"] = "postgres",
            ["Username"] = "reader",
            ["Password"] = PostgresServer.Password,
        };
        foreach (var (key, value) in changes)
        {
            keys[key] = value;
        }

        return new PostgresSourceAdapter(QueryRead.Connections("warehouse", [.. keys.Select(pair => (pair.Key, pair.Value))]));
    }

    private protected Task<QueryRead> ReadAsync(string query, params (string Key, string Value)[] keys) => QueryRead.OfAsync(Adapter(), Request(query, keys));

    private protected Task<Problem> FailsAsync(string query, params (string Key, string Value)[] keys) => QueryRead.FailsAsync(() => ReadAsync(query, keys));
}
