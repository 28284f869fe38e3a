using System.Net.Sockets;
using System.Text;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests.Pushing;

/// <summary>What <c>POST /api/syncs/{sync}/rows</c> takes and refuses.</summary>
public sealed class PushTests
{
    [Theory]
    [InlineData("""[{"website":"company-1.com","arr":12.50},{"WEBSITE":"https://www.company-2.com/x","arr":"7","stage":null}]""", "application/json")]
    [InlineData("{\"website\":\"company-1.com\",\"arr\":12.50}\n{\"website\":\"company-2.com\",\"arr\":7}\n", "application/x-ndjson")]
    [InlineData("[\n{\"website\":\"company-1.com\",\"arr\":12.50},\n{\"website\":\"company-2.com\",\"arr\":7},\n]", "application/json")]
    [InlineData("\uFEFF \r\n[\n{\"website\":\"company-1.com\",\"arr\":12.50},\n{\"website\":\"company-2.com\",\"arr\":7}]\n", "text/plain")]
    public async Task Rows_come_as_a_JSON_array_or_as_JSON_Lines_packed_or_not(string body, string type)
    {
        foreach (var isPacked in new[] { false, true })
        {
            await using var app = await PushedApp.StartAsync();
            using var http = app.Http();

            var (status, answer) = await http.PushAsync(body, type: type, isPacked: isPacked);

            Assert.Equal((202, 2), (status, answer.GetProperty("rows").GetInt32()));
            var report = await app.RunAsync();
            Assert.Equal((RunOutcome.Succeeded, 2L), (report.Outcome, report.Writes!.EntriesWritten));
            Assert.Equal([12.5, 7, null, null, null], app.World.ArrValues);
        }
    }

    [Fact]
    public async Task One_object_is_a_push_of_one_row()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        Assert.Equal(202, (await http.PushAsync("{\n  \"website\": \"company-3.com\",\n  \"notes\": { \"by\": [\"Ada\"] }\n}")).Status);

        await app.RunAsync();

        Assert.Equal("""{ "by": ["Ada"] }""", app.World.Entries[2].Get(app.World.Notes));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_rows_is_said_at_once_without_their_values_and_nothing_is_staged()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        var rows = string.Join(",", Enumerable.Repeat("""{"website":"company-1.com","arr":"secret-value","colour":"secret-value"}""", 60));

        var (status, answer) = await http.PushAsync($$"""[{"website":"company-1.com","arr":1},{"arr":1,"website":"  "},"secret-value",{"website":"secret-value","ARR":1,"arr":2},{{rows}}]""");

        Assert.Equal((400, "AFF772"), (status, PushedApp.Codes(answer)));
        var messages = PushedApp.Messages(answer);
        Assert.Equal(
            [
                "Row 2 has no value by which its entry could be found: 'website'.",
                "Row 3 is not a JSON object.",
                "Row 4 has the key 'arr' twice.",
                "Row 5 has the key 'colour', which is none of the columns.",
            ],
            messages.Take(4));
        Assert.Equal((51, "13 more problems are not shown."), (messages.Count, messages[^1]));
        Assert.DoesNotContain("secret-value", answer.ToString(), StringComparison.Ordinal);
        await NothingIsStagedAsync(app);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""[{"website":"company-1.com"}""")]
    [InlineData("""[{"website":"company-1.com"}] more""")]
    [InlineData("{\"website\":\"company-1.com\"}\n{\"website\":\"compa")]
    [InlineData("website,arr\ncompany-1.com,1\n")]
    public async Task A_body_that_is_no_whole_JSON_stages_nothing(string body)
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();

        var (status, answer) = await http.PushAsync(body);

        Assert.Equal((400, "AFF771"), (status, PushedApp.Codes(answer)));
        await NothingIsStagedAsync(app);
    }

    [Fact]
    public async Task A_packed_body_that_is_cut_off_between_two_lines_stages_nothing()
    {
        await using var app = await PushedApp.StartAsync();
        var packed = PushedApp.Pack(string.Concat(Enumerable.Range(1, 2000).Select(n => $"{{\"website\":\"company-{n}.com\",\"notes\":\"{Guid.NewGuid()}\"}}\n")));
        foreach (var left in new[] { packed.Length - 1, packed.Length - 8, packed.Length / 2, 5 })
        {
            using var http = app.Http();
            using var content = new ByteArrayContent(packed, 0, left);
            content.Headers.ContentEncoding.Add("gzip");

            using var response = await http.PostAsync(PushedApp.Rows, content);

            Assert.Equal((left, 400), (left, (int)response.StatusCode));
        }

        await NothingIsStagedAsync(app);
    }

    [Theory]
    [InlineData("Content-Length: 1000000\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n")]
    public async Task A_connection_that_breaks_half_way_between_two_lines_stages_nothing(string headers)
    {
        await using var app = await PushedApp.StartAsync();
        var line = $"{{\"website\":\"company-1.com\",\"notes\":\"{new string('x', 900)}\"}}\n";
        var body = string.Concat(Enumerable.Repeat(line, 400));
        var isChunked = headers.StartsWith("Transfer", StringComparison.Ordinal);
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(app.Host.Url!.Host, app.Host.Url.Port);
            var sent = $"POST {PushedApp.Rows} HTTP/1.1\r\nHost: localhost:{app.Host.Url.Port}\r\n{headers}{(isChunked ? $"{body.Length:X}\r\n{body}\r\n" : body)}";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent));
            await socket.GetStream().FlushAsync();
            await UntilAsync(async () => (await app.StateAsync("pushed-rows/")).Count > 0);
        }

        using var http = app.Http();
        Assert.Equal(202, (await http.PushAsync("""{"website":"company-2.com","arr":2}""")).Status);
        await UntilAsync(async () => (await app.StateAsync("pushed-rows/")).Count == 1);
        Assert.Single(await app.StateAsync("pushes/"));
        Assert.Equal(1, (await app.RunAsync()).Records!.Read);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_also_when_it_is_packed_small()
    {
        await using var app = await PushedApp.StartAsync(settings: new() { ["Push:MaxMegabytes"] = "1" });
        using var http = app.Http();
        var rows = string.Concat(Enumerable.Repeat($"{{\"website\":\"company-1.com\",\"notes\":\"{new string('0', 1000)}\"}}\n", 1100));

        foreach (var isPacked in new[] { false, true })
        {
            var (status, answer) = await http.PushAsync(rows, isPacked: isPacked);
            Assert.Equal((413, "AFF773"), (status, PushedApp.Codes(answer)));
        }

        await NothingIsStagedAsync(app);
        Assert.Equal(202, (await http.PushAsync(rows[..(rows.Length / 1100 * 900)], isPacked: true)).Status);
    }

    [Fact]
    public async Task A_push_that_comes_again_with_its_key_is_staged_once_and_answered_alike()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        const string Body = """[{"website":"company-1.com","arr":1}]""";

        var first = await http.PushAsync(Body, key: "delivery-1");
        var again = await http.PushAsync(Body, key: "delivery-1", isPacked: true);
        var other = await http.PushAsync("""[{"website":"company-1.com","arr":2}]""", key: "delivery-1");
        var next = await http.PushAsync(Body, key: "delivery-2");

        Assert.Equal((202, 202, 409, 202), (first.Status, again.Status, other.Status, next.Status));
        Assert.Equal(first.Answer.ToString(), again.Answer.ToString());
        Assert.Equal("AFF774", PushedApp.Codes(other.Answer));
        Assert.Equal((2, 2), ((await app.StateAsync("pushes/")).Count, (await app.StateAsync("pushed-rows/")).Count));
    }

    [Fact]
    public async Task A_key_is_remembered_for_a_day_at_least_also_after_a_run_and_forgotten_later()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        const string Body = """[{"website":"company-1.com","arr":1}]""";
        var first = await http.PushAsync(Body, key: "k");
        var run = await app.RunAsync();

        app.Clock.Advance(TimeSpan.FromHours(25));
        var again = await http.PushAsync(Body, key: "k");
        app.Clock.Advance(TimeSpan.FromDays(2));
        await http.PushAsync("""[{"website":"company-2.com","arr":1}]""");
        await app.RunAsync();

        Assert.Equal(first.Answer.GetProperty("pushId").GetString(), again.Answer.GetProperty("pushId").GetString());
        Assert.Equal(run.RunId, again.Answer.GetProperty("runId").GetString());
        Assert.Empty(await app.StateAsync("push-keys/"));
        Assert.Empty(await app.StateAsync("pushed-rows/"));
        Assert.Single(await app.StateAsync("push-receipts/"));
    }

    [Fact]
    public async Task Fifty_pushes_at_once_are_all_staged_and_one_run_delivers_them()
    {
        await using var app = await PushedApp.StartAsync(companies: 50);
        using var http = app.Http();

        var answers = await Task.WhenAll(Enumerable.Range(1, 50).Select(n => http.PushAsync($$"""{"website":"company-{{n}}.com","arr":{{n}}}""", key: $"key-{n}")));

        Assert.All(answers, answer => Assert.Equal(202, answer.Status));
        Assert.Equal(50, answers.Select(answer => answer.Answer.GetProperty("pushId").GetString()).Distinct().Count());
        Assert.Equal(50, (await app.RunAsync()).Writes!.EntriesWritten);
        Assert.Equal(Enumerable.Range(1, 50).Select(n => (double?)n), app.World.ArrValues);
    }

    [Fact]
    public async Task One_push_sent_fifty_times_at_once_with_one_key_is_staged_once()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();

        var answers = await Task.WhenAll(Enumerable.Range(1, 50).Select(_ => http.PushAsync("""{"website":"company-1.com","arr":1}""", key: "one")));

        Assert.All(answers, answer => Assert.Equal(202, answer.Status));
        Assert.Single(answers.Select(answer => answer.Answer.ToString()).Distinct());
        Assert.Single(await app.StateAsync("pushes/"));
        Assert.Single(await app.StateAsync("pushed-rows/"));
    }

    [Fact]
    public async Task A_push_can_be_asked_for_until_a_run_has_taken_it_and_after()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        var (_, pushed) = await http.PushAsync("""{"website":"company-1.com","arr":1}""");
        var place = pushed.GetProperty("status").GetString()!;

        Assert.DoesNotContain("runId", await http.GetStringAsync(place), StringComparison.Ordinal);
        var run = await app.RunAsync();

        Assert.Contains($"\"run\":\"/api/runs/{Uri.EscapeDataString(run.RunId)}\"", await http.GetStringAsync(place), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/syncs/nobody/rows", 404, "AFF721")]
    [InlineData("/api/syncs/exported/rows", 409, "AFF770")]
    [InlineData("/api/syncs/portfolio/rows?source=other", 409, "AFF770")]
    public async Task Rows_that_are_for_nobody_are_refused(string path, int expected, string code)
    {
        await using var app = await PushedApp.StartAsync();
        app.Define(sync: "exported");
        using var http = app.Http();

        var (status, answer) = await http.PushAsync("""{"website":"company-1.com"}""", path: path);

        Assert.Equal((expected, code), (status, PushedApp.Codes(answer)));
    }

    [Theory]
    [InlineData("/api/syncs/portfolio/rows/nothing")]
    [InlineData("/api/syncs/portfolio/rows/20260302T1800000000000-0123456789ab")]
    [InlineData("/api/syncs/..%2f..%2fruns/rows/20260302T1800000000000-0123456789ab")]
    [InlineData("/api/syncs/portfolio/rows/..%2f..%2f20260302")]
    public async Task A_push_that_is_not_there_is_not_found(string path)
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        Assert.Equal(404, (int)(await http.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task What_packs_the_body_must_be_known_and_a_key_has_a_length()
    {
        await using var app = await PushedApp.StartAsync();
        using var http = app.Http();
        using var content = new StringContent("{}");
        content.Headers.ContentEncoding.Add("br");

        Assert.Equal(415, (int)(await http.PostAsync(PushedApp.Rows, content)).StatusCode);
        Assert.Equal(400, (await http.PushAsync("""{"website":"company-1.com"}""", key: new string('k', 201))).Status);
    }

    private static async Task NothingIsStagedAsync(TestApp app)
    {
        Assert.Empty(await app.StateAsync("push"));
        Assert.Equal(0, (await app.RunAsync(RunMode.Plan)).Records!.Read);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var limit = DateTime.UtcNow.AddSeconds(30);
        while (!await isSo())
        {
            Assert.True(DateTime.UtcNow < limit, "It takes too long.");
            await Task.Delay(10);
        }
    }
}
