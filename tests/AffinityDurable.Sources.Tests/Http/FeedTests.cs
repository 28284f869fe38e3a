using AffinityDurable.Core.Definitions;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Sources.Tests.Http;

/// <summary>What one page of a feed becomes.</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task Records_are_rows_and_their_members_columns()
    {
        await using var server = await FeedServer.StartAsync(_ => """
            { "data": [ { "id": 1, "domain": " acme.com ", "arr": 1250.50, "live": true, "owner": { "name": "Ann", "team": { "city": "Rome" } } },
                        { "id": 12345678901234567890, "domain": "beta.io", "arr": 1e3, "tags": ["AI", "SaaS"], "owner": null, "extra": "" } ] }
            """);
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync("url: /v2/companies\nrecords: $.data[*]");

        Assert.Equal(["id", "domain", "arr", "live", "owner.name", "owner.team.city", "tags", "extra"], read.Columns);
        Assert.Equal(["1|acme.com|1250.50|true|Ann|Rome|∅|∅", """12345678901234567890|beta.io|1e3|∅|∅|∅|["AI", "SaaS"]|∅"""], read.Rows);
        Assert.Empty(read.Malformed);
    }

    [Fact]
    public async Task A_query_runs_over_the_records()
    {
        await using var server = await FeedServer.StartAsync(_ => """[{"d":"a.com","kpi":"arr","v":7.10},{"d":"a.com","kpi":"burn","v":2},{"d":"b.com","kpi":"arr","v":9}]""");
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync("url: kpis\nquery: select d as domain, max(v) filter (kpi = 'arr') as arr from source group by d order by d");

        Assert.Equal(["a.com|7.10", "b.com|9"], read.Rows);
    }

    [Fact]
    public async Task Only_the_named_columns_are_taken()
    {
        await using var server = await FeedServer.StartAsync(_ => """[{"id":1,"owner":{"name":"Ann","age":7}},{"id":2,"arr":5}]""");
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync("url: /\ncolumns: [owner.name, arr]");

        Assert.Equal(["owner.name", "arr"], read.Columns);
        Assert.Equal(["Ann|∅", "∅|5"], read.Rows);
    }

    [Fact]
    public async Task A_named_column_that_no_record_has_ends_the_read()
    {
        await using var server = await FeedServer.StartAsync(_ => """[{"id":1}]""");
        using var reads = new FeedReads(server.Address);

        var problem = await reads.FailsAsync("url: /\ncolumns: [id, arr]");

        Assert.Equal("AFF282", problem.Code);
        Assert.Contains("'arr'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_null_hides_the_members_that_it_would_have()
    {
        await using var server = await FeedServer.StartAsync(_ => """[{"id":1,"owner":null}]""");
        using var reads = new FeedReads(server.Address);

        Assert.Equal(["1|∅"], (await reads.ReadAsync("url: /\ncolumns: [id, owner.name]")).Rows);
    }

    [Theory]
    [InlineData(19, null)]
    [InlineData(20, "AFF282")]
    public async Task The_few_records_that_changed_need_not_have_every_column(int records, string? code)
    {
        await using var server = await FeedServer.StartAsync(_ => $"[{string.Join(',', Enumerable.Range(1, records).Select(id => $"{{\"id\":{id}}}"))}]");
        using var reads = new FeedReads(server.Address);
        const string Keys = "url: /\ncolumns: [id, arr]\ndelivers: changes";

        if (code is null)
        {
            Assert.Equal(records, (await reads.ReadAsync(Keys)).Rows.Count);
        }
        else
        {
            Assert.Equal(code, (await reads.FailsAsync(Keys)).Code);
        }
    }

    [Fact]
    public async Task A_record_of_another_shape_is_a_reject_and_the_rest_goes_on()
    {
        await using var server = await FeedServer.StartAsync(_ => """[{"id":1,"arr":5},{"id":2,"arr":{"value":"kanarie"}},7,{"id":3,"arr":6},{"id":4,"id":5},{"id":"\u0000"},{"id":"\ud800"}]""");
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync("url: /");

        Assert.Equal(["1|5", "3|6"], read.Rows);
        Assert.Equal(
            ["AFF284 Record 2 of page 1 has an object as 'arr', a value before.", "AFF284 Record 3 of page 1 is no object.", "AFF284 Record 5 of page 1 has 'id' twice.",
             "AFF225 Record 6 of page 1 has a NUL character in 'id'.", "AFF224 Record 7 of page 1 holds a text that is no Unicode."],
            read.Malformed.Select(record => $"{record.Code} {record.Reason}"));
    }

    [Fact]
    public async Task A_named_column_that_became_an_object_is_a_reject()
    {
        await using var server = await FeedServer.StartAsync(_ => """[{"id":1,"arr":{"value":5}},{"id":2,"arr":6}]""");
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync("url: /\ncolumns: [id, arr]");

        Assert.Equal(["2|6"], read.Rows);
        Assert.Equal("AFF284", Assert.Single(read.Malformed).Code);
    }

    [Theory]
    [InlineData("""{"data":{"items":[]}}""")]
    [InlineData("""{"error":"kanarie"}""")]
    [InlineData("\"kanarie\"")]
    public async Task An_answer_without_the_list_of_records_ends_the_read(string answer)
    {
        await using var server = await FeedServer.StartAsync(_ => answer);
        using var reads = new FeedReads(server.Address);

        var problem = await reads.FailsAsync("url: /v2/x\nrecords: $.data[*]");

        Assert.Equal("AFF278", problem.Code);
        Assert.Contains("page 1 of /v2/x", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kanarie", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<p>kanarie</p>")]
    [InlineData("application/json", "{\"data\": [kanarie")]
    [InlineData("application/json", "")]
    public async Task An_answer_that_is_no_JSON_ends_the_read(string type, string body)
    {
        await using var server = await FeedServer.StartAsync((context, _) =>
        {
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body);
        });
        using var reads = new FeedReads(server.Address);

        var problem = await reads.FailsAsync("url: /v2/x");

        Assert.Equal("AFF276", problem.Code);
        Assert.DoesNotContain("kanarie", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_records_are_no_rows_where_the_columns_are_named()
    {
        await using var server = await FeedServer.StartAsync(_ => "[]");
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync("url: /\ncolumns: [domain, arr]");

        Assert.Equal(["domain", "arr"], read.Columns);
        Assert.Empty(read.Rows);
        Assert.Equal("AFF281", (await reads.FailsAsync("url: /other")).Code);
    }

    [Fact]
    public async Task Columns_are_remembered_for_a_night_without_records()
    {
        var answer = """[{"domain":"a.com","arr":5}]""";
        await using var server = await FeedServer.StartAsync(_ => answer);
        using var reads = new FeedReads(server.Address);
        await reads.ReadAsync("url: /");
        answer = "[]";

        var read = await reads.ReadAsync("url: /");

        Assert.Equal(["domain", "arr"], read.Columns);
        Assert.Empty(read.Rows);
    }

    [Fact]
    public async Task The_last_success_and_the_day_of_the_run_can_be_sent()
    {
        await using var server = await FeedServer.StartAsync(_ => """[{"id":1}]""");
        using var reads = new FeedReads(server.Address);
        const string Keys = "url: /days/{runDate}\nparameters: { since: '{lastSuccess}', size: 5 }";

        await reads.ReadAsync(Keys);
        reads.LastSuccess = new DateTimeOffset(2026, 3, 1, 3, 0, 0, TimeSpan.FromHours(1));
        await reads.ReadAsync(Keys);

        Assert.Equal(["/days/2026-03-02?since=1970-01-01T00%3A00%3A00Z&size=5", "/days/2026-03-02?since=2026-03-01T02%3A00%3A00Z&size=5"], server.Asked);
    }

    [Fact]
    public async Task A_POST_sends_its_body_with_the_placeholders_filled()
    {
        await using var server = await FeedServer.StartAsync(_ => """[{"id":1}]""");
        using var reads = new FeedReads(server.Address);

        await reads.ReadAsync("url: /search\nmethod: POST\nbody: { since: '{lastSuccess}', fields: [arr, 'x \" y'], deep: { on: true, size: 5, q: '{a b}' } }\nheaders: { Accept-Language: en }");

        var request = Assert.Single(server.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("""{"since":"1970-01-01T00:00:00Z","fields":["arr","x \u0022 y"],"deep":{"on":true,"size":5,"q":"{a b}"}}""", request.Body);
        Assert.Equal("en", request.Header("Accept-Language"));
        Assert.Equal("application/json; charset=utf-8", request.Header("Content-Type"));
    }

    [Theory]
    [InlineData("url: /x", Delivery.All)]
    [InlineData("url: /x\nparameters: { since: '{lastSuccess}' }", Delivery.Changes)]
    [InlineData("url: /x\nparameters: { since: '{lastSuccess}' }\ndelivers: all", Delivery.All)]
    [InlineData("url: /x/{runDate}", Delivery.All)]
    public void A_feed_that_is_asked_since_the_last_success_delivers_changes(string keys, Delivery delivers)
    {
        using var reads = new FeedReads("https://api.example.com");

        var source = reads.Source(keys);

        Assert.Equal((delivers, true), (source.Delivers, source.IsRemote));
        Assert.StartsWith("feed /x", source.Place, StringComparison.Ordinal);
    }
}
