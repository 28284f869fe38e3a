using System.Net;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Databases;
using Npgsql;

namespace AffinityDurable.Sources.Postgres;

/// <summary>What the driver has to know to connect.</summary>
internal static class PostgresConnection
{
    private const string ConnectionString = "ConnectionString";

    /// <exception cref="ProblemException">A key is missing (AFF291), or cannot be used (AFF264).</exception>
    public static string StringOf(SourceConnection connection, QueryLimits limits)
    {
        var builder = connection.FindSecret(ConnectionString) is { } text ? Parse(connection, text) : OfKeys(connection);
        builder.ApplicationName = "affinity-durable";
        builder.Timezone = "UTC";
        builder.Timeout = (int)limits.ConnectTimeout.TotalSeconds;
        builder.CommandTimeout = (int)limits.Timeout.TotalSeconds + 5;
        builder.TcpKeepAlive = true;
        builder.Pooling = false;
        builder.IncludeErrorDetail = false;
        return builder.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder OfKeys(SourceConnection connection)
    {
        var host = connection.Require("Host");
        return new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = Port(connection),
            Database = connection.Require("Database"),
            Username = connection.Require("Username"),
            Password = connection.RequireSecret("Password"),
            SslMode = SslMode(connection) ?? (IsOfThisMachine(host) ? Npgsql.SslMode.Prefer : Npgsql.SslMode.VerifyFull),
            RootCertificate = connection.Find("RootCertificate"),
        };
    }

    private static NpgsqlConnectionStringBuilder Parse(SourceConnection connection, string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw Bad(connection, ConnectionString, "is no connection string of PostgreSQL (Host=…;Database=…;Username=…;Password=…)");
        }
    }

    private static int Port(SourceConnection connection) => connection.Find("Port") switch
    {
        null => NpgsqlConnection.DefaultPort,
        var text when ushort.TryParse(text, out var port) && port > 0 => port,
        _ => throw Bad(connection, "Port", "is no port"),
    };

    private static SslMode? SslMode(SourceConnection connection) => connection.Find("SslMode") switch
    {
        null => null,
        var text when Enum.TryParse<SslMode>(text, ignoreCase: true, out var mode) && Enum.IsDefined(mode) => mode,
        _ => throw Bad(connection, "SslMode", $"is none of {string.Join(", ", Enum.GetNames<SslMode>())}"),
    };

    private static bool IsOfThisMachine(string host) =>
        host.StartsWith('/') || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static ProblemException Bad(SourceConnection connection, string key, string why) =>
        new(Problem.Of(DatabaseErrors.BadConnection, $"The key {key} of connection '{connection.Name}' {why}."));
}
