using System.Diagnostics;
using AffinityDurable.Sources.Tests.Databases;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Sources.Tests.Snowflake;

/// <summary>What goes wrong on the way and in Snowflake: what may pass is tried again, the rest has a code, and half a result is never taken for a whole one.</summary>
public sealed class SnowflakeFaultTests : SnowflakeTestBase
{
    [Fact]
    public async Task Requests_that_may_succeed_later_are_sent_again_and_the_statement_runs_once()
    {
        await using var server = await SnowflakeServer.StartAsync(SnowflakeScript.ThreePartitions);
        server.Next("async=true", 429, retryAfter: "1");
        server.Next("async=true", 503);
        server.Next("async=true", 408);
        server.Next("partition=1", 502);
        server.Next("partition=1", 504);
        server.Next("partition=2", SnowflakeServer.CutAsync);

        var read = await ReadAsync(server);

        Assert.Equal(6, read.Rows.Count);
        Assert.Equal(1, server.Statements);
        var submissions = server.Requests.Where(request => request.Method == "POST").Select(request => request.Target).ToList();
        Assert.Equal(4, submissions.Count);
        Assert.Equal([false, true, true, true], submissions.Select(target => target.EndsWith("&retry=true", StringComparison.Ordinal)));
        Assert.Single(submissions.Select(target => target.Split("requestId=")[1].Split('&')[0]).Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_server_that_goes_on_refusing_is_out_of_reach(int status)
    {
        await using var server = await SnowflakeServer.StartAsync();
        server.Always("async=true", status);

        var problem = await FailsAsync(server);

        Assert.Equal("AFF252", problem.Code);
        Assert.Contains($"{status}", problem.Message, StringComparison.Ordinal);
        Assert.Equal(Hurried.Attempts, server.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_is_cut_in_a_partition_ends_the_read()
    {
        await using var server = await SnowflakeServer.StartAsync(SnowflakeScript.ThreePartitions);
        server.Always("partition=1", SnowflakeServer.CutAsync);

        Assert.Equal("AFF261", (await FailsAsync(server)).Code);
    }

    [Theory]
    [InlineData(403, "AFF253")]
    [InlineData(404, "AFF261")]
    [InlineData(500, "AFF261")]
    public async Task A_partition_that_is_refused_ends_the_read(int status, string code)
    {
        await using var server = await SnowflakeServer.StartAsync(SnowflakeScript.ThreePartitions);
        server.Always("partition=2", status);

        Assert.Equal(code, (await FailsAsync(server)).Code);
    }

    [Theory]
    [InlineData("""{ "data": [["3", "c"], ["4", "d"]] }""", "AFF265")]
    [InlineData("""{ "data": [["3", "c"], ["4", "d"], ["5", "e"], ["6", "f"]] }""", "AFF265")]
    [InlineData("""{ "data": [["3", "c"], ["4"], ["5", "e"]] }""", "AFF266")]
    [InlineData("""{ "data": [["3", "c"], ["4", "d"], ["5", {}]] }""", "AFF266")]
    [InlineData("""{ "data": ["3", "4", "5"] }""", "AFF266")]
    [InlineData("""{ "rows": [] }""", "AFF266")]
    [InlineData("""{ "data": [["3", "c"]""", "AFF266")]
    [InlineData("<html>", "AFF266")]
    public async Task A_partition_that_is_not_what_was_announced_ends_the_read(string body, string code)
    {
        await using var server = await SnowflakeServer.StartAsync(SnowflakeScript.ThreePartitions);
        server.Next("partition=1", 200, body: body);

        Assert.Equal(code, (await FailsAsync(server)).Code);
    }

    [Fact]
    public async Task Fewer_rows_than_the_result_was_announced_with_end_the_read()
    {
        await using var server = await SnowflakeServer.StartAsync(SnowflakeScript.ThreePartitions with { AnnouncedRows = 7 });

        Assert.Equal("AFF265", (await FailsAsync(server)).Code);
    }

    [Theory]
    [InlineData("<html>proxy</html>")]
    [InlineData("{}")]
    [InlineData("""{ "resultSetMetaData": { "numRows": "many" } }""")]
    public async Task An_answer_that_is_not_the_API_s_is_not_taken_for_a_result(string body)
    {
        await using var server = await SnowflakeServer.StartAsync();
        server.Next("async=true", 200, body: body);

        Assert.Equal("AFF266", (await FailsAsync(server)).Code);
    }

    [Theory]
    [InlineData(422, "001003", "42000", "SQL compilation error:\nsyntax error line 1 at position 7 unexpected 'form'.", "AFF256", true)]
    [InlineData(422, "002003", "42S02", "SQL compilation error:\nObject 'KANARIE' does not exist or not authorized.", "AFF256", true)]
    [InlineData(422, "003001", "42501", "SQL access control error:\nInsufficient privileges to operate on table 'KANARIE'", "AFF257", true)]
    [InlineData(422, "000606", "57P03", "No active warehouse selected in the current session.", "AFF256", true)]
    [InlineData(422, "100038", "22018", "Numeric value 'kanarie' is not recognized", "AFF262", false)]
    [InlineData(422, "000604", "57014", "SQL execution canceled", "AFF259", false)]
    [InlineData(408, "000630", "57014", "Statement reached its statement or warehouse timeout of 300 second(s) and was canceled.", "AFF259", false)]
    public async Task A_statement_that_fails_is_told_with_its_code_and_without_a_value(int status, string code, string state, string message, string expected, bool quoted)
    {
        await using var server = await SnowflakeServer.StartAsync(new SnowflakeScript { Failure = (status, code, state, message) });

        var problem = await FailsAsync(server);

        Assert.Equal(expected, problem.Code);
        Assert.Contains(code, problem.Message, StringComparison.Ordinal);
        Assert.Equal(quoted, problem.Message.Contains(message.Split('\n')[^1].TrimEnd('.'), StringComparison.Ordinal));
        Assert.Equal(1, server.Statements);
    }

    [Fact]
    public async Task Cancelling_cancels_the_statement()
    {
        await using var server = await SnowflakeServer.StartAsync(new SnowflakeScript { Polls = -1 });
        using var stop = new CancellationTokenSource();
        server.Next("?requestId=", async context =>
        {
            await stop.CancelAsync();
            context.Response.StatusCode = 503;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => QueryRead.OfAsync(Adapter(server), Request(), stop.Token));

        Assert.Equal(1, server.Cancelled);
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_cancelled()
    {
        await using var server = await SnowflakeServer.StartAsync(new SnowflakeScript { Polls = -1 });
        var watch = Stopwatch.StartNew();

        Assert.Equal("AFF259", (await FailsAsync(server, ("timeout", "1s"))).Code);

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(20));
        Assert.Equal(1, server.Cancelled);
    }

    [Fact]
    public async Task A_read_that_is_cancelled_between_partitions_ends_as_cancelled()
    {
        await using var server = await SnowflakeServer.StartAsync(SnowflakeScript.ThreePartitions);
        using var stop = new CancellationTokenSource();
        server.Next("partition=1", async context =>
        {
            await stop.CancelAsync();
            await context.Response.WriteAsync("{}");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => QueryRead.OfAsync(Adapter(server), Request(), stop.Token));
    }

    [Fact]
    public async Task Nobody_there_is_out_of_reach()
    {
        var server = await SnowflakeServer.StartAsync();
        var adapter = Adapter(server, ("Url", "http://127.0.0.1:1"));
        await server.DisposeAsync();

        Assert.Equal("AFF252", (await QueryRead.FailsAsync(() => QueryRead.OfAsync(adapter, Request()))).Code);
    }
}
