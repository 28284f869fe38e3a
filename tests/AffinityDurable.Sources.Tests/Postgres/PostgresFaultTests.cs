using System.Diagnostics;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Postgres;
using AffinityDurable.Sources.Connections;
using AffinityDurable.Sources.Tests.Databases;
using AffinityDurable.Sources.Tests.Services;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Sources.Tests.Postgres;

/// <summary>What goes wrong between here and the server, each with a code of its own, and without a secret or a value.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresFaultTests(PostgresServer server) : PostgresTestBase(server)
{
    private const string ManyRows = "select n, pg_backend_pid() as pid, repeat('x', 100) as t from generate_series(1, 20000000) n";

    [ServiceTheory(Service.Postgres)]
    [InlineData("Password", "kanarie-wrong", "AFF253")]
    [InlineData("Username", "nobody", "AFF253")]
    [InlineData("Database", "wharehouse", "AFF254")]
    [InlineData("Host", "no-such-host.invalid", "AFF252")]
    [InlineData("Port", "1", "AFF252")]
    [InlineData("SslMode", "VerifyFull", "AFF255")]
    [InlineData("Port", "many", "AFF264")]
    [InlineData("SslMode", "Sometimes", "AFF264")]
    [InlineData("ConnectionString", "kanarie-wrong", "AFF264")]
    [InlineData("Host", null, "AFF291")]
    [InlineData("Password", " ", "AFF291")]
    public async Task What_keeps_a_connection_from_being_opened_is_told_apart(string key, string? value, string code)
    {
        var problem = await QueryRead.FailsAsync(() => QueryRead.OfAsync(Adapter((key, value)), Request("select 1")));

        Assert.Equal(code, problem.Code);
        Assert.DoesNotContain(PostgresServer.Password, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("kanarie-wrong", problem.ToString(), StringComparison.Ordinal);
    }

    [ServiceTheory(Service.Postgres)]
    [InlineData("select 1,\nfrom x", "AFF256", "line 2")]
    [InlineData("select wibble", "AFF256", "wibble")]
    [InlineData("select * from no_such_table", "AFF256", "no_such_table")]
    [InlineData("select no_such_function(1)", "AFF256", "no_such_function")]
    [InlineData("select * from pg_authid", "AFF257", "pg_authid")]
    [InlineData("select 1 / (n - 5) from generate_series(1, 9) n", "AFF262", "22012")]
    [InlineData("select ('kanarie' || n)::int from generate_series(1, 9) n", "AFF262", "22P02")]
    public async Task What_is_wrong_with_a_query_is_told_without_a_value(string query, string code, string says)
    {
        var problem = await FailsAsync(query);

        Assert.Equal(code, problem.Code);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kanarie", problem.Message, StringComparison.Ordinal);
    }

    [ServiceFact(Service.Postgres)]
    public async Task A_connection_string_serves_as_well()
    {
        var adapter = new PostgresSourceAdapter(QueryRead.Connections("warehouse", ("ConnectionString", Server.AdminConnection)));

        var read = await QueryRead.OfAsync(adapter, Request("select current_user as who, current_setting('application_name') as program, current_setting('transaction_read_only') as ro"));

        Assert.Equal(["admin|affinity-durable|on"], read.Joined());
    }

    [ServiceFact(Service.Postgres)]
    public async Task A_connection_is_encrypted_where_the_settings_say_so()
    {
        var read = await QueryRead.OfAsync(Adapter(("SslMode", "Require")), Request("select ssl from pg_stat_ssl where pid = pg_backend_pid()"));

        Assert.Equal(["true"], read.Joined());
    }

    [ServiceFact(Service.Postgres)]
    public async Task A_password_that_was_rotated_is_read_again()
    {
        var settings = new ConfigurationBuilder().Add(new RotatedPassword(Server.Port)).Build();

        var read = await QueryRead.OfAsync(new PostgresSourceAdapter(new SourceConnections(settings)), Request("select 1 as x"));

        Assert.Equal(["1"], read.Joined());
    }

    [ServiceFact(Service.Postgres)]
    public async Task A_connection_that_breaks_while_it_is_opened_is_opened_again()
    {
        await using var proxy = new TcpProxy(Server.Port, refused: 2);

        var read = await QueryRead.OfAsync(Adapter(("Port", $"{proxy.Port}"), ("SslMode", "Disable")), Request("select 1 as x"));

        Assert.Equal(["1"], read.Joined());
        Assert.Equal(3, proxy.Accepted);
    }

    [ServiceTheory(Service.Postgres)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_lost_at_row_10000_ends_the_read(bool byTheServer)
    {
        await using var proxy = new TcpProxy(Server.Port);
        await using var reader = await Adapter(("Port", $"{proxy.Port}")).OpenAsync(Request(ManyRows), CancellationToken.None);
        var count = 0;

        var problem = await QueryRead.FailsAsync(async () =>
        {
            await foreach (var row in reader.ReadRowsAsync(CancellationToken.None))
            {
                if (++count == 10_000)
                {
                    await BreakAsync(byTheServer, proxy, row.Text(1)!);
                }
            }
        });

        Assert.Equal(DatabaseErrors.ConnectionLost.Id, problem.Code);
        Assert.InRange(count, 10_000, 19_999_999);
    }

    [ServiceFact(Service.Postgres)]
    public async Task Cancelling_ends_the_query_on_the_server()
    {
        var marker = $"marker-{Guid.NewGuid():N}";
        using var stop = new CancellationTokenSource();
        var read = QueryRead.OfAsync(Adapter(), Request($"select pg_sleep(300) /* {marker} */"), stop.Token);
        await WaitForAsync(() => CountAsync(marker), running => running == 1);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        await WaitForAsync(() => CountAsync(marker), running => running == 0);
    }

    [ServiceFact(Service.Postgres)]
    public async Task A_reader_that_is_left_early_ends_the_query_on_the_server()
    {
        var marker = $"marker-{Guid.NewGuid():N}";
        var watch = Stopwatch.StartNew();
        await using (var reader = await Adapter().OpenAsync(Request($"{ManyRows} /* {marker} */"), CancellationToken.None))
        {
            Assert.Equal("1", (await reader.ReadRowsAsync(CancellationToken.None).Select(row => row.Text(0)).FirstAsync()));
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await WaitForAsync(() => CountAsync(marker), running => running == 0);
    }

    private async Task BreakAsync(bool byTheServer, TcpProxy proxy, string pid)
    {
        if (byTheServer)
        {
            await Server.ExecuteAsync($"select pg_terminate_backend({pid})");
        }
        else
        {
            proxy.Cut();
        }
    }

    private async Task<long> CountAsync(string marker) =>
        (long)(await Server.ExecuteAsync($"select count(*) from pg_stat_activity where state = 'active' and usename = 'reader' and query like '%{marker}%'"))!;

    private static async Task WaitForAsync(Func<Task<long>> count, Func<long, bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition(await count()))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "It did not come to that.");
        }
    }

    /// <summary>Settings whose password is wrong until they are read again.</summary>
    private sealed class RotatedPassword(int port) : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override void Load()
        {
            Set("Connections:warehouse:Host", "127.0.0.1");
            Set("Connections:warehouse:Port", $"{port}");
            Set("Connections:warehouse:Database", "postgres");
            Set("Connections:warehouse:Username", "reader");
            Set("Connections:warehouse:Password", TryGet("Connections:warehouse:Password", out _) ? PostgresServer.Password : "old");
        }
    }
}
