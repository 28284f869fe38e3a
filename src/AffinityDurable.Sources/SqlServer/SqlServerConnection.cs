using System.Globalization;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Databases;
using Microsoft.Data.SqlClient;

namespace AffinityDurable.Sources.SqlServer;

/// <summary>What the driver has to know to connect.</summary>
/// <param name="Text">The connection string.</param>
/// <param name="UsesIdentity">Whether the identity of the process logs in, by a token of Entra.</param>
internal sealed record SqlServerConnection(string Text, bool UsesIdentity)
{
    private const string ConnectionString = "ConnectionString";

    /// <exception cref="ProblemException">A key is missing (AFF291), or cannot be used (AFF264).</exception>
    public static SqlServerConnection Of(SourceConnection connection, QueryLimits limits)
    {
        var builder = connection.FindSecret(ConnectionString) is { } text ? Parse(connection, text) : OfKeys(connection);
        builder.ApplicationName = "affinity-durable";
        builder.ApplicationIntent = ApplicationIntent.ReadOnly;
        builder.ConnectTimeout = (int)limits.ConnectTimeout.TotalSeconds;
        builder.CommandTimeout = (int)limits.Timeout.TotalSeconds + 5;
        builder.ConnectRetryCount = 0;
        builder.Pooling = false;
        builder.PersistSecurityInfo = false;
        return new SqlServerConnection(builder.ConnectionString, builder is { UserID.Length: 0, IntegratedSecurity: false });
    }

    private static SqlConnectionStringBuilder OfKeys(SourceConnection connection)
    {
        var builder = new SqlConnectionStringBuilder
        {
            DataSource = Server(connection),
            InitialCatalog = connection.Require("Database"),
            Encrypt = Encrypt(connection),
            TrustServerCertificate = TrustsCertificate(connection),
        };
        if (connection.Find("HostNameInCertificate") is { } name)
        {
            builder.HostNameInCertificate = name;
        }

        if (connection.Find("User") is { } user)
        {
            (builder.UserID, builder.Password) = (user, connection.RequireSecret("Password"));
        }

        return builder;
    }

    private static string Server(SourceConnection connection) => (connection.Require("Host"), connection.Find("Port")) switch
    {
        var (host, port) when port is null => host,
        var (host, port) when ushort.TryParse(port, CultureInfo.InvariantCulture, out var number) && number > 0 => $"tcp:{host},{port}",
        _ => throw Bad(connection, "Port", "is no port"),
    };

    private static SqlConnectionEncryptOption Encrypt(SourceConnection connection) => connection.Find("Encrypt")?.ToUpperInvariant() switch
    {
        null or "MANDATORY" => SqlConnectionEncryptOption.Mandatory,
        "STRICT" => SqlConnectionEncryptOption.Strict,
        "OPTIONAL" => SqlConnectionEncryptOption.Optional,
        _ => throw Bad(connection, "Encrypt", "is none of Mandatory, Strict, Optional"),
    };

    private static bool TrustsCertificate(SourceConnection connection) => connection.Find("TrustServerCertificate") switch
    {
        null => false,
        var text when bool.TryParse(text, out var trusts) => trusts,
        _ => throw Bad(connection, "TrustServerCertificate", "is neither true nor false"),
    };

    private static SqlConnectionStringBuilder Parse(SourceConnection connection, string text)
    {
        try
        {
            return new SqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw Bad(connection, ConnectionString, "is no connection string of SQL Server (Server=…;Database=…;User ID=…;Password=…)");
        }
    }

    private static ProblemException Bad(SourceConnection connection, string key, string why) =>
        new(Problem.Of(DatabaseErrors.BadConnection, $"The key {key} of connection '{connection.Name}' {why}."));
}
