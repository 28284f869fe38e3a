using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Databases;
using AffinityDurable.Sources.SqlServer;
using AffinityDurable.Sources.Tests.Databases;
using AffinityDurable.Sources.Tests.Services;
using Microsoft.Data.SqlClient;

namespace AffinityDurable.Sources.Tests.SqlServer;

/// <summary>What keeps SQL Server from answering, each with a code of its own.</summary>
public sealed class SqlServerFaultTests
{
    private const string Password = "kanarie-secret";

    [Fact]
    public async Task Nobody_there_is_out_of_reach()
    {
        var problem = await QueryRead.FailsAsync(() => ReadAsync(FreePort.Find()));

        Assert.Equal("AFF252", problem.Code);
        Assert.DoesNotContain(Password, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_gives_no_answer_is_out_of_reach_after_the_time_to_connect()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var watch = Stopwatch.StartNew();

        Assert.Equal("AFF252", (await QueryRead.FailsAsync(() => ReadAsync(((IPEndPoint)silent.LocalEndpoint).Port))).Code);

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_connection_only_reads_and_is_encrypted()
    {
        var made = SqlServerConnection.Of(Connection(("Port", "1444")), new QueryLimits { ConnectTimeout = TimeSpan.FromSeconds(7) });
        var builder = new SqlConnectionStringBuilder(made.Text);

        Assert.Equal(("tcp:127.0.0.1,1444", "portfolio", "reader"), (builder.DataSource, builder.InitialCatalog, builder.UserID));
        Assert.Equal((ApplicationIntent.ReadOnly, SqlConnectionEncryptOption.Mandatory, 7), (builder.ApplicationIntent, builder.Encrypt, builder.ConnectTimeout));
        Assert.False(builder.TrustServerCertificate || builder.Pooling || made.UsesIdentity);
    }

    [Fact]
    public void Without_a_user_the_identity_of_the_process_logs_in() =>
        Assert.True(SqlServerConnection.Of(Connection(("User", null), ("Password", null)), new QueryLimits()).UsesIdentity);

    [Fact]
    public void A_connection_string_is_held_to_reading_as_well()
    {
        var made = SqlServerConnection.Of(Connection(("ConnectionString", "Server=db;Database=x;Integrated Security=true;Application Intent=ReadWrite")), new QueryLimits());

        Assert.Equal(ApplicationIntent.ReadOnly, new SqlConnectionStringBuilder(made.Text).ApplicationIntent);
        Assert.False(made.UsesIdentity);
    }

    [Theory]
    [InlineData("Port", "many", "AFF264")]
    [InlineData("Encrypt", "Sometimes", "AFF264")]
    [InlineData("TrustServerCertificate", "maybe", "AFF264")]
    [InlineData("ConnectionString", "kanarie", "AFF264")]
    [InlineData("Host", null, "AFF291")]
    [InlineData("Password", null, "AFF291")]
    public async Task A_connection_that_cannot_be_used_is_refused(string key, string? value, string code)
    {
        var adapter = new SqlServerSourceAdapter(Connections((key, value)));

        var problem = await QueryRead.FailsAsync(() => QueryRead.OfAsync(adapter, Request()));

        Assert.Equal(code, problem.Code);
        Assert.DoesNotContain("kanarie", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(18456, "AFF253")]
    [InlineData(4060, "AFF254")]
    [InlineData(53, "AFF252")]
    [InlineData(-2, "AFF252")]
    public void Failures_to_connect_are_told_apart(int number, string code) =>
        Assert.Equal(code, SqlServerProblems.WhenConnecting(new SqlServerFault(number, 14, "kanarie", IsCertificate: false), "warehouse").Code);

    [Fact]
    public void A_certificate_that_is_not_trusted_has_a_code_of_its_own() =>
        Assert.Equal("AFF255", SqlServerProblems.WhenConnecting(new SqlServerFault(0, 20, "", IsCertificate: true), "warehouse").Code);

    [Theory]
    [InlineData(207, 16, "AFF256", true)]
    [InlineData(102, 15, "AFF256", true)]
    [InlineData(229, 14, "AFF257", true)]
    [InlineData(3906, 16, "AFF258", false)]
    [InlineData(-2, 11, "AFF259", false)]
    [InlineData(10054, 20, "AFF261", false)]
    [InlineData(245, 16, "AFF262", false)]
    [InlineData(8134, 16, "AFF262", false)]
    public void Failures_of_a_query_are_told_apart_and_quoted_only_where_they_speak_of_its_text(int number, byte severity, string code, bool quoted)
    {
        var problem = SqlServerProblems.WhenReading(new SqlServerFault(number, severity, "kanarie", IsCertificate: false));

        Assert.Equal((code, quoted), (problem.Code, problem.Message.Contains("kanarie", StringComparison.Ordinal)));
    }

    private static Task<QueryRead> ReadAsync(int port) =>
        QueryRead.OfAsync(new SqlServerSourceAdapter(Connections(("Port", $"{port}"))), Request());

    private static SourceRequest Request() => QueryRead.Request("sqlserver", ("connection", "warehouse"), ("query", "select 1 as x"), ("connectTimeout", "1s"));

    private static SourceConnection Connection(params (string Key, string? Value)[] changes) => Connections(changes).Get("warehouse");

    private static SourceConnections Connections(params (string Key, string? Value)[] changes)
    {
        var keys = new Dictionary<string, string?> { ["Host"] = "127.0.0.1", ["Database"] = "portfolio", ["User"] = "reader", ["Password"] = Password };
        foreach (var (key, value) in changes)
        {
            keys[key] = value;
        }

        return QueryRead.Connections("warehouse", [.. keys.Select(pair => (pair.Key, pair.Value))]);
    }
}
