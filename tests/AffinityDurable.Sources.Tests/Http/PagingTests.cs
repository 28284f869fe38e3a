using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AffinityDurable.Sources.Tests.Http;

/// <summary>Feeds of 25 records in pages.</summary>
public sealed class PagingTests
{
    private static readonly string[] All = [.. Enumerable.Range(1, 25).Select(number => number.ToString(CultureInfo.InvariantCulture))];

    [Fact]
    public async Task A_cursor_leads_from_page_to_page()
    {
        await using var server = await FeedServer.StartAsync(request =>
        {
            var from = int.Parse(Query(request, "cursor") ?? "0", CultureInfo.InvariantCulture);
            return Page(from, 10, from + 10 < 25 ? $"\"{from + 10}\"" : "null");
        });
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync("url: /x\nrecords: $.data[*]\npaging: { by: cursor, path: $.meta.next, parameter: cursor, size: 10, sizeParameter: limit }");

        Assert.Equal(All, read.Rows);
        Assert.Equal(["/x?limit=10", "/x?limit=10&cursor=10", "/x?limit=10&cursor=20"], server.Asked);
    }

    [Fact]
    public async Task A_cursor_of_a_POST_goes_into_its_body()
    {
        await using var server = await FeedServer.StartAsync(request =>
        {
            using var body = JsonDocument.Parse(request.Body);
            var from = body.RootElement.TryGetProperty("after", out var cursor) ? int.Parse(cursor.GetString()!, CultureInfo.InvariantCulture) : 0;
            return Page(from, 13, from == 0 ? "13" : "null");
        });
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync("url: /x\nmethod: POST\nbody: { q: all }\nrecords: $.data[*]\npaging: { by: cursor, path: $.meta.next, parameter: after }");

        Assert.Equal(All, read.Rows);
        Assert.Equal(["""{"q":"all"}""", """{"q":"all","after":"13"}"""], server.Requests.Select(request => request.Body));
    }

    [Theory]
    [InlineData(10, "?per_page=10&page=1 ?per_page=10&page=2 ?per_page=10&page=3")]
    [InlineData(1000, "?per_page=1000&page=1 ?per_page=1000&page=2 ?per_page=1000&page=3")]
    [InlineData(25, "?per_page=25&page=1 ?per_page=25&page=2 ?per_page=25&page=3")]
    public async Task Pages_are_counted_until_one_has_fewer_records_than_the_one_before(int size, string asked)
    {
        await using var server = await FeedServer.StartAsync(request => Page((int.Parse(Query(request, "page")!, CultureInfo.InvariantCulture) - 1) * 10, 10));
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync($"url: /\nrecords: $.data[*]\npaging: {{ by: page, size: {size}, sizeParameter: per_page }}");

        Assert.Equal(All, read.Rows);
        Assert.Equal(asked.Split(' '), server.Asked.Select(target => target.TrimStart('/')));
    }

    [Fact]
    public async Task A_page_behind_the_last_one_may_be_unknown()
    {
        await using var server = await FeedServer.StartAsync((context, request) => Query(request, "p") switch
        {
            "0" => FeedServer.JsonAsync(context, Page(0, 25)),
            _ => FeedServer.JsonAsync(context, "{}", 404),
        });
        using var reads = new FeedReads(server.Address);

        Assert.Equal(All, (await reads.ReadAsync("url: /\nrecords: $.data[*]\npaging: { by: page, parameter: p, first: 0 }")).Rows);
    }

    [Fact]
    public async Task Offsets_count_the_records_that_came()
    {
        await using var server = await FeedServer.StartAsync(request => Page(int.Parse(Query(request, "offset")!, CultureInfo.InvariantCulture), 10));
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync("url: /x\nrecords: $.data[*]\npaging: { by: offset, size: 500 }");

        Assert.Equal(All, read.Rows);
        Assert.Equal(["/x?limit=500&offset=0", "/x?limit=500&offset=10", "/x?limit=500&offset=20"], server.Asked);
    }

    [Theory]
    [InlineData("<{0}/x?after=20>; rel=\"next\"")]
    [InlineData("</x?before=1>; rel=prev, </x?after=20>; title=\"a, b\"; rel=\"last next\"")]
    [InlineData("<?after=20>; rel=next; x=1")]
    public async Task The_Link_header_leads_to_the_next_page(string link)
    {
        await using var server = await FeedServer.StartAsync((context, request) =>
        {
            var from = int.Parse(Query(request, "after") ?? "0", CultureInfo.InvariantCulture);
            if (from == 0)
            {
                context.Response.Headers.Link = string.Format(CultureInfo.InvariantCulture, link, $"http://{context.Request.Host}");
            }
            else
            {
                context.Response.Headers.Link = "</x>; rel=\"first\", </x>; rel=prev; title=\"next\"";
            }

            return FeedServer.JsonAsync(context, Page(from, 20));
        });
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync("url: /x\nparameters: { q: a }\nrecords: $.data[*]\npaging: { by: link }");

        Assert.Equal(All, read.Rows);
        Assert.Equal(["/x?q=a", "/x?after=20"], server.Asked);
    }

    [Fact]
    public async Task The_body_may_have_the_address_of_the_next_page()
    {
        await using var server = await FeedServer.StartAsync((context, request) =>
        {
            var from = int.Parse(Query(request, "after") ?? "0", CultureInfo.InvariantCulture);
            return FeedServer.JsonAsync(context, Page(from, 20, from == 0 ? $"\"http://{context.Request.Host}/x?after=20\"" : "\"\""));
        });
        using var reads = new FeedReads(server.Address);

        Assert.Equal(All, (await reads.ReadAsync("url: /x\nrecords: $.data[*]\npaging: { by: next, path: $.meta.next }")).Rows);
    }

    [Fact]
    public async Task A_cursor_that_comes_again_ends_the_read()
    {
        var page = 0;
        await using var server = await FeedServer.StartAsync(_ => Page(page++, 10, page % 2 == 0 ? "\"a\"" : "\"b\""));
        using var reads = new FeedReads(server.Address);

        var problem = await reads.FailsAsync("url: /x\nrecords: $.data[*]\npaging: { by: cursor, path: $.meta.next, parameter: cursor }");

        Assert.Equal("AFF279", problem.Code);
        Assert.Contains("page 4 of /x", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_does_not_read_the_parameter_ends_the_read()
    {
        await using var server = await FeedServer.StartAsync(_ => Page(0, 10));
        using var reads = new FeedReads(server.Address);

        Assert.Equal("AFF279", (await reads.FailsAsync("url: /x\nrecords: $.data[*]\npaging: { by: page, parameter: seite }")).Code);
    }

    [Fact]
    public async Task Too_many_pages_end_the_read()
    {
        var page = 0;
        await using var server = await FeedServer.StartAsync(_ => $$"""{"data":[{"id":{{++page}}}],"next":{{page}}}""");
        using var reads = new FeedReads(server.Address);

        var problem = await reads.FailsAsync("url: /x\nrecords: $.data[*]\npaging: { by: cursor, path: $.next, parameter: c, maxPages: 3 }");

        Assert.Equal("AFF280", problem.Code);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(25, null)]
    [InlineData(26, "AFF283")]
    [InlineData(24, "AFF283")]
    public async Task The_records_are_counted_where_the_feed_says_how_many_there_are(int total, string? code)
    {
        await using var server = await FeedServer.StartAsync(_ => $$"""{"total":{{total}},"data":[{{Records(All)}}]}""");
        using var reads = new FeedReads(server.Address);
        const string Keys = "url: /x\nrecords: $.data[*]\npaging: { by: cursor, path: $.next, parameter: c, total: $.total }";

        if (code is null)
        {
            Assert.Equal(All, (await reads.ReadAsync(Keys)).Rows);
        }
        else
        {
            Assert.Equal(code, (await reads.FailsAsync(Keys)).Code);
        }
    }

    [Fact]
    public async Task An_address_of_another_host_is_not_asked()
    {
        await using var other = await FeedServer.StartAsync(_ => Page(0, 5));
        await using var server = await FeedServer.StartAsync(_ => Page(0, 5, $"\"{other.Address}/x?after=5\""));
        using var reads = new FeedReads(server.Address, ("Token", "kanarie"));

        var problem = await reads.FailsAsync("url: /x\nauth: bearer\nrecords: $.data[*]\npaging: { by: next, path: $.meta.next }");

        Assert.Equal("AFF271", problem.Code);
        Assert.Empty(other.Requests);
    }

    private static string? Query(FeedRequestSeen request, string name) =>
        QueryHelpers.ParseQuery(request.Target[(request.Target.IndexOf('?', StringComparison.Ordinal) + 1)..]).TryGetValue(name, out var value) ? value.ToString() : null;

    private static string Page(int from, int size, string next = "null") =>
        $"{{\"data\":[{Records(All.Skip(from).Take(size))}],\"meta\":{{\"next\":{next}}}}}";

    private static string Records(IEnumerable<string> ids) => string.Join(',', ids.Select(id => $"{{\"id\":{id}}}"));
}
