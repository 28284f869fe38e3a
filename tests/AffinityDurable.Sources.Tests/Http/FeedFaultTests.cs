using System.Diagnostics;
using System.Globalization;
using AffinityDurable.Core.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AffinityDurable.Sources.Tests.Http;

/// <summary>Faults pass, or end the read with a code; nothing that was read half is given.</summary>
public sealed class FeedFaultTests
{
    private const string Paged = "url: /x\npaging: { by: page }";

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task A_page_that_fails_twice_is_asked_again(int status)
    {
        await using var server = await PagesAsync((context, attempt) => attempt <= 2 ? () => FeedServer.JsonAsync(context, "{}", status) : null);
        using var reads = new FeedReads(server.Address);

        Assert.Equal(["1", "2", "3"], (await reads.ReadAsync(Paged)).Rows);
        Assert.Equal(["/x?page=1", "/x?page=2", "/x?page=2", "/x?page=2", "/x?page=3", "/x?page=4"], server.Asked);
    }

    [Theory]
    [InlineData(500, "AFF274", 3)]
    [InlineData(429, "AFF274", 3)]
    [InlineData(403, "AFF273", 1)]
    [InlineData(501, "AFF273", 1)]
    public async Task A_page_that_goes_on_failing_ends_the_read_and_is_named(int status, string code, int asked)
    {
        await using var server = await PagesAsync((context, _) => () => FeedServer.JsonAsync(context, """{"message":"kanarie"}""", status));
        using var reads = new FeedReads(server.Address);

        var problem = await reads.FailsAsync(Paged + "\nretries: 2");

        Assert.Equal(code, problem.Code);
        Assert.Contains($"page 2 of /x with {status}", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kanarie", problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(asked, server.Asked.Count(target => target == "/x?page=2"));
    }

    [Fact]
    public async Task A_429_is_waited_out_as_long_as_it_says()
    {
        await using var server = await PagesAsync((context, attempt) =>
        {
            context.Response.Headers.RetryAfter = "1";
            return attempt == 1 ? () => FeedServer.JsonAsync(context, "{}", 429) : null;
        });
        using var reads = new FeedReads(server.Address);

        Assert.Equal(["1", "2", "3"], (await reads.ReadAsync(Paged)).Rows);

        var asked = server.Requests.Where(request => request.Target == "/x?page=2").Select(request => request.At).ToList();
        Assert.InRange(asked[1] - asked[0], TimeSpan.FromMilliseconds(950), TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(99, "AFF272")]
    public async Task A_connection_that_is_cut_in_mid_page_is_asked_again(int cuts, string? code)
    {
        await using var server = await PagesAsync((context, attempt) => attempt <= cuts ? () => CutAsync(context) : null);
        using var reads = new FeedReads(server.Address);

        if (code is null)
        {
            Assert.Equal(["1", "2", "3"], (await reads.ReadAsync(Paged)).Rows);
        }
        else
        {
            var problem = await reads.FailsAsync(Paged + "\nretries: 1");
            Assert.Equal(code, problem.Code);
            Assert.Contains("page 2 of /x", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_feed_that_nobody_serves_is_told()
    {
        using var reads = new FeedReads("http://127.0.0.1:1");

        Assert.Equal("AFF272", (await reads.FailsAsync("url: /x\nretries: 1")).Code);
    }

    [Fact]
    public async Task A_request_without_an_answer_is_given_up_in_time()
    {
        await using var server = await FeedServer.StartAsync((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var reads = new FeedReads(server.Address);

        Assert.Equal("AFF272", (await reads.FailsAsync("url: /x\nretries: 1\nrequestTimeout: 1s")).Code);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_read_that_takes_too_long_is_given_up()
    {
        await using var server = await FeedServer.StartAsync((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var reads = new FeedReads(server.Address);

        Assert.Equal("AFF286", (await reads.FailsAsync("url: /x\ntimeout: 1s")).Code);
    }

    [Fact]
    public async Task A_read_that_is_cancelled_ends_at_once_and_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await FeedServer.StartAsync(async (context, _) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var reads = new FeedReads(server.Address);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reads.ReadAsync("url: /x", stop.Token));

        Assert.Empty(Directory.EnumerateFileSystemEntries(reads.Options.TempDirectory!));
    }

    [Fact]
    public async Task A_cell_of_40_MB_ends_the_read()
    {
        var cell = new string('x', 1024 * 1024);
        await using var server = await FeedServer.StartAsync(async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("[{\"id\":\"");
            for (var megabytes = 0; megabytes < 40; megabytes++)
            {
                await context.Response.WriteAsync(cell, context.RequestAborted);
            }

            await context.Response.WriteAsync("\"}]");
        });
        using var reads = new FeedReads(server.Address);

        var problem = await reads.FailsAsync("url: /x");

        Assert.Equal("AFF277", problem.Code);
        Assert.Contains("32 MB", problem.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_record_of_more_than_a_megabyte_is_a_reject()
    {
        await using var server = await FeedServer.StartAsync(_ => $"[{{\"id\":\"{new string('x', 1_100_000)}\"}},{{\"id\":\"{new string('\"', 0)}2\"}}]");
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync("url: /x");

        Assert.Equal(["2"], read.Rows);
        Assert.Equal("AFF226", Assert.Single(read.Malformed).Code);
    }

    [Fact]
    public async Task A_feed_that_outgrows_the_disk_it_may_use_ends_the_read()
    {
        var page = 0;
        await using var server = await FeedServer.StartAsync(_ => $"[{{\"id\":\"{page++}{new string('x', 500_000)}\"}}]");
        using var reads = new FeedReads(server.Address);
        reads.Options.SpoolLimitMegabytes = 2;

        Assert.Equal("AFF237", (await reads.FailsAsync(Paged)).Code);
        Assert.InRange(server.Requests.Count, 4, 6);
        Assert.Empty(Directory.EnumerateFileSystemEntries(reads.Options.TempDirectory!));
    }

    [Fact]
    public async Task Cells_with_quotes_commas_and_line_ends_come_as_they_are()
    {
        await using var server = await FeedServer.StartAsync(_ => """[{"a":"x\"y,\r\n\nz","b":null},{},{"b":"\"\"","c":"é𝒳"},{"a":" ","c":"'"}]""");
        using var reads = new FeedReads(server.Address);

        var read = await reads.ReadAsync("url: /x");

        Assert.Equal(["x\"y,\r\n\nz|∅|∅", "∅|∅|∅", "∅|\"\"|é𝒳", "∅|∅|'"], read.Rows);
    }

    [Fact]
    public async Task Requests_keep_the_pace_that_the_feed_allows()
    {
        await using var server = await PagesAsync((_, _) => null);
        using var reads = new FeedReads(server.Address);
        var watch = Stopwatch.StartNew();

        await reads.ReadAsync(Paged + "\nrateLimit: 5/s");

        Assert.Equal(4, server.Requests.Count);
        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(550), $"Four requests took {watch.Elapsed}.");
    }

    [Fact]
    public async Task A_feed_of_changes_is_asked_only_for_what_came_since_a_read_of_which_everything_arrived()
    {
        await using var server = await FeedServer.StartAsync((context, request) =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            context.Response.StatusCode = request.Header("If-None-Match") == "\"v1\"" ? 304 : 200;
            return context.Response.StatusCode == 304 ? Task.CompletedTask : FeedServer.JsonAsync(context, """[{"domain":"a.com","arr":5}]""");
        });
        using var reads = new FeedReads(server.Address);
        const string Keys = "url: /x\ndelivers: changes";

        Assert.Single((await reads.ReadAsync(Keys)).Rows);
        reads.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Single((await reads.ReadAsync(Keys)).Rows);
        reads.LastSuccess = reads.Clock.GetUtcNow();
        reads.Clock.Advance(TimeSpan.FromDays(1));
        var read = await reads.ReadAsync(Keys);

        Assert.Empty(read.Rows);
        Assert.Equal(["domain", "arr"], read.Columns);
        Assert.Equal([null, null, "\"v1\""], server.Requests.Select(request => request.Header("If-None-Match")));
        reads.LastSuccess = reads.LastSuccess.Value.AddHours(-1);
        Assert.Single((await reads.ReadAsync(Keys)).Rows);
    }

    [Fact]
    public async Task A_304_that_was_not_asked_for_ends_the_read()
    {
        await using var server = await FeedServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        });
        using var reads = new FeedReads(server.Address);

        Assert.Equal("AFF273", (await reads.FailsAsync("url: /x\ncolumns: [id]")).Code);
    }

    [Fact]
    public async Task A_feed_of_everything_is_always_asked_for_everything()
    {
        await using var server = await FeedServer.StartAsync((context, _) =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            context.Response.Headers.LastModified = "Mon, 02 Mar 2026 18:00:00 GMT";
            return FeedServer.JsonAsync(context, """[{"id":1}]""");
        });
        using var reads = new FeedReads(server.Address) { LastSuccess = DateTimeOffset.UtcNow };
        Assert.Equal(Delivery.All, reads.Source("url: /x").Delivers);

        await reads.ReadAsync("url: /x");
        await reads.ReadAsync("url: /x");

        Assert.All(server.Requests, request => Assert.Null(request.Header("If-None-Match") ?? request.Header("If-Modified-Since")));
    }

    /// <summary>Three pages of one record and an empty one; the second one may fail.</summary>
    private static Task<FeedServer> PagesAsync(Func<HttpContext, int, Func<Task>?> second)
    {
        var attempts = 0;
        return FeedServer.StartAsync((context, request) =>
        {
            var page = int.Parse(request.Target.Split('=')[1], CultureInfo.InvariantCulture);
            return (page == 2 ? second(context, ++attempts) : null)?.Invoke() ?? FeedServer.JsonAsync(context, page <= 3 ? $"[{{\"id\":{page}}}]" : "[]");
        });
    }

    private static async Task CutAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("[{\"id\":");
        await context.Response.Body.FlushAsync();
        context.Features.Get<IHttpRequestLifetimeFeature>()!.Abort();
    }
}
