using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Snowflake;
using AffinityDurable.Sources.Tests.Databases;

namespace AffinityDurable.Sources.Tests.Snowflake;

/// <summary>Reads from a server that speaks the SQL API, without waiting as long as one would in earnest.</summary>
public abstract class SnowflakeTestBase
{
    private protected static readonly SnowflakePace Hurried = new()
    {
        FirstRetry = TimeSpan.FromMilliseconds(5),
        LongestRetry = TimeSpan.FromMilliseconds(20),
        FirstPoll = TimeSpan.FromMilliseconds(1),
        LongestPoll = TimeSpan.FromMilliseconds(5),
    };

    private protected static SourceRequest Request(string query = "select id, name from companies", params (string Key, string Value)[] keys) =>
        QueryRead.Request("snowflake", [("connection", "lake"), ("query", query), .. keys]);

    private protected static SnowflakeSourceAdapter Adapter(SnowflakeServer server, params (string Key, string? Value)[] changes)
    {
        var keys = new Dictionary<string, string?>
        {
            ["Url"] = server.Url,
            ["Account"] = SnowflakeServer.Account,
            ["User"] = SnowflakeServer.User,
            ["PrivateKey"] = server.Key.ExportPkcs8PrivateKeyPem(),
        };
        foreach (var (key, value) in changes)
        {
            keys[key] = value;
        }

        return new SnowflakeSourceAdapter(QueryRead.Connections("lake", [.. keys.Select(pair => (pair.Key, pair.Value))]), new SteppingClock()) { Pace = Hurried };
    }

    private protected static Task<QueryRead> ReadAsync(SnowflakeServer server, params (string Key, string Value)[] keys) =>
        QueryRead.OfAsync(Adapter(server), Request(keys: keys));

    private protected static Task<Problem> FailsAsync(SnowflakeServer server, params (string Key, string Value)[] keys) =>
        QueryRead.FailsAsync(() => ReadAsync(server, keys));

    /// <summary>Each look at it is a second later, so that no two tokens are the same.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private int looks;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddSeconds(Interlocked.Increment(ref looks));
    }
}
