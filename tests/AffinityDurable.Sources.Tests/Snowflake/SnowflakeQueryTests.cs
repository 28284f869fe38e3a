using System.Text.Json.Nodes;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources.Tests.Databases;

namespace AffinityDurable.Sources.Tests.Snowflake;

/// <summary>Statements and their results through the SQL API.</summary>
public sealed class SnowflakeQueryTests : SnowflakeTestBase
{
    [Fact]
    public async Task Partitions_come_in_order_after_the_statement_is_through()
    {
        await using var server = await SnowflakeServer.StartAsync(SnowflakeScript.ThreePartitions);

        var read = await ReadAsync(server);

        Assert.Equal(["ID", "NAME"], read.Columns);
        Assert.Equal(["1|a", "2|∅", "3|c", "4|\"d\"", "5|é, ü", "6|f"], read.Joined());
        Assert.Equal(["POST", "GET", "GET", "GET", "GET", "GET"], server.Requests.Select(request => request.Method));
        Assert.Equal(["partition=1", "partition=2"], server.Requests.TakeLast(2).Select(request => request.Target.Split('?')[1]));
        Assert.Equal(0, server.Cancelled);
    }

    [Theory]
    [InlineData("FIXED", "12345678901234567890123456789012345678", "12345678901234567890123456789012345678")]
    [InlineData("FIXED", "1.10", "1.10")]
    [InlineData("REAL", "1.5e-7", "1.5e-7")]
    [InlineData("TEXT", " Zoë ", "Zoë")]
    [InlineData("TEXT", "", null)]
    [InlineData("TEXT", null, null)]
    [InlineData("BOOLEAN", "true", "true")]
    [InlineData("BOOLEAN", "FALSE", "false")]
    [InlineData("DATE", "20757", "2026-10-31")]
    [InlineData("DATE", "-1", "1969-12-31")]
    [InlineData("TIME", "45000.250000000", "12:30:00.25")]
    [InlineData("TIMESTAMP_NTZ", "1793449800.250000000", "2026-10-31T12:30:00.25")]
    [InlineData("TIMESTAMP_NTZ", "-0.500000000", "1969-12-31T23:59:59.5")]
    [InlineData("TIMESTAMP_LTZ", "1793449800.000000000", "2026-10-31T12:30:00Z")]
    [InlineData("TIMESTAMP_TZ", "1793449800.123456789 1560", "2026-10-31T12:30:00.1234567Z")]
    [InlineData("TIMESTAMP_NTZ", "999999999999.000000000", "999999999999.000000000")]
    [InlineData("VARIANT", "\"AI\"", "AI")]
    [InlineData("VARIANT", "12.50", "12.50")]
    [InlineData("VARIANT", "null", null)]
    [InlineData("OBJECT", "{\"city\":\"Paris\"}", "{\"city\":\"Paris\"}")]
    [InlineData("ARRAY", "[\"AI\",\"SaaS\"]", "[\"AI\",\"SaaS\"]")]
    [InlineData("BINARY", "CAFE", "CAFE")]
    public async Task A_value_of_each_type_becomes_text(string type, string? cell, string? expected)
    {
        await using var server = await SnowflakeServer.StartAsync(new SnowflakeScript { Columns = [("X", type)], Partitions = [[[cell]]] });

        Assert.Equal(expected, Assert.Single((await ReadAsync(server)).Rows)[0]);
    }

    [Fact]
    public async Task A_statement_goes_with_its_place_its_time_limit_and_settings_that_fix_its_meaning()
    {
        await using var server = await SnowflakeServer.StartAsync();
        var adapter = Adapter(server, ("Warehouse", "WH"), ("Database", "DB"), ("Schema", "PUBLIC"), ("Role", "READER"));

        await QueryRead.OfAsync(adapter, Request("select 1", ("timeout", "90s")));

        var body = Assert.Single(server.Bodies);
        Assert.Equal(("select 1", 90), (body["statement"]!.GetValue<string>(), body["timeout"]!.GetValue<int>()));
        Assert.Equal("WH|DB|PUBLIC|READER", string.Join('|', new[] { "warehouse", "database", "schema", "role" }.Select(key => body[key]!.GetValue<string>())));
        Assert.Equal(("UTC", "1"), (body["parameters"]!["TIMEZONE"]!.GetValue<string>(), body["parameters"]!["MULTI_STATEMENT_COUNT"]!.GetValue<string>()));
        Assert.False(body.ContainsKey("bindings"));
    }

    [Fact]
    public async Task Parameters_are_bound_with_their_types()
    {
        await using var server = await SnowflakeServer.StartAsync();
        var request = Request("select 1", ("targetedQuery", "select id, name from t where u > :lastSuccess and d = :runDate and id in (:companyIds) and host in (:domains)"));

        await QueryRead.OfAsync(Adapter(server), request with
        {
            LastSuccess = new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero),
            Targets = [new SourceTarget(1, 11, [], []), new SourceTarget(2, 12, [], [])],
        });

        var body = Assert.Single(server.Bodies);
        Assert.Equal("select id, name from t where u > ? and d = ? and id in (?, ?) and host in (?)", body["statement"]!.GetValue<string>());
        var expected = JsonNode.Parse("""
            {
              "1": { "type": "TIMESTAMP_LTZ", "value": "1795226400000000000" },
              "2": { "type": "DATE", "value": "1795305600000" },
              "3": { "type": "FIXED", "value": "11" },
              "4": { "type": "FIXED", "value": "12" },
              "5": { "type": "TEXT", "value": null }
            }
            """);
        Assert.True(JsonNode.DeepEquals(expected, body["bindings"]), body["bindings"]!.ToJsonString());
    }

    [Fact]
    public async Task A_result_without_rows_gives_its_columns()
    {
        await using var server = await SnowflakeServer.StartAsync(new SnowflakeScript { Partitions = [[]] });

        var read = await ReadAsync(server);

        Assert.Equal(["ID", "NAME"], read.Columns);
        Assert.Empty(read.Rows);
    }

    [Fact]
    public async Task Columns_that_nobody_asks_for_are_left_unread()
    {
        await using var server = await SnowflakeServer.StartAsync(new SnowflakeScript { Partitions = [[["1", new string('x', 2_000_000)]]] });
        await using var reader = await Adapter(server).OpenAsync(Request() with { Needed = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "id" } }, CancellationToken.None);

        Assert.Equal(["1"], await reader.ReadRowsAsync(CancellationToken.None).Select(row => row.Text(0)).ToListAsync());
    }

    [Fact]
    public async Task A_cell_of_more_than_a_megabyte_rejects_its_row_and_the_rest_goes_on()
    {
        await using var server = await SnowflakeServer.StartAsync(new SnowflakeScript { Partitions = [[["1", "a"], ["2", new string('x', 2_000_000)]], [["3", "c"]]] });

        var read = await ReadAsync(server);

        Assert.Equal(["1|a", "3|c"], read.Joined());
        var record = Assert.Single(read.Malformed);
        Assert.Equal((2, "AFF263"), (record.FirstLine, record.Code));
        Assert.Contains("'NAME'", record.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_columns_of_one_name_are_refused()
    {
        await using var server = await SnowflakeServer.StartAsync(new SnowflakeScript { Columns = [("ID", "FIXED"), ("Id", "TEXT")] });

        Assert.Equal("AFF208", (await FailsAsync(server)).Code);
    }

    [Theory]
    [InlineData("6", null)]
    [InlineData("5", "AFF260")]
    public async Task More_rows_than_allowed_end_the_read(string maxRows, string? code)
    {
        await using var server = await SnowflakeServer.StartAsync(SnowflakeScript.ThreePartitions);
        var read = () => ReadAsync(server, ("maxRows", maxRows));

        Assert.Equal(code, code is null ? (await read()).Malformed.SingleOrDefault()?.Code : (await QueryRead.FailsAsync(read)).Code);
    }
}
