using System.Globalization;
using System.Text.Json;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Sources;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Sources.Tests.Http;

/// <summary>Sources that are asked per entry.</summary>
public sealed class LookupTests
{
    private const string One = "mode: lookup\nurl: /v1/companies/{domain}\ncolumns: [rank, owner.name]\n";

    [Fact]
    public async Task Each_entry_is_asked_for_once_and_its_answer_is_a_row_with_the_keys_of_the_entry()
    {
        await using var server = await RankingAsync();
        using var reads = new FeedReads(server.Address) { Entries = Entries(3) };

        var read = await reads.ReadAsync(One);

        Assert.Equal(["entry_id", "company_id", "domain", "email", "rank", "owner.name"], read.Columns);
        Assert.Equal(
            ["1|101|company-1.com|∅|1.50|Ann", "2|102|company-2.com|∅|2.50|Ann", "3|103|company-3.com|∅|3.50|Ann"], read.Rows.Order(StringComparer.Ordinal));
        Assert.Equal(["/v1/companies/company-1.com", "/v1/companies/company-2.com", "/v1/companies/company-3.com"], server.Asked.Order(StringComparer.Ordinal));
        Assert.Equal(Delivery.Changes, reads.Source(One).Delivers);
    }

    [Fact]
    public async Task A_second_run_of_the_day_asks_nobody_and_gives_the_same_rows()
    {
        await using var server = await RankingAsync();
        using var reads = new FeedReads(server.Address) { Entries = Entries(300) };

        var first = await reads.ReadAsync(One);
        reads.Clock.Advance(TimeSpan.FromHours(8));
        var second = await reads.ReadAsync(One);

        Assert.Equal(300, server.Requests.Count);
        Assert.Equal(first.Rows, second.Rows);
    }

    [Fact]
    public async Task An_answer_is_asked_for_again_when_it_is_old()
    {
        await using var server = await RankingAsync();
        using var reads = new FeedReads(server.Address) { Entries = Entries(2) };

        await reads.ReadAsync(One + "refreshAfter: 7d");
        reads.Clock.Advance(TimeSpan.FromDays(6));
        await reads.ReadAsync(One + "refreshAfter: 7d");
        Assert.Equal(2, server.Requests.Count);
        reads.Clock.Advance(TimeSpan.FromDays(1));
        await reads.ReadAsync(One + "refreshAfter: 7d");

        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task An_unknown_company_has_no_row_and_is_not_asked_for_again()
    {
        await using var server = await RankingAsync((context, request) => request.Target.EndsWith("-2.com", StringComparison.Ordinal) ? () => FeedServer.JsonAsync(context, "{}", 404) : null);
        using var reads = new FeedReads(server.Address) { Entries = Entries(2) };

        Assert.Single((await reads.ReadAsync(One)).Rows);
        Assert.Single((await reads.ReadAsync(One)).Rows);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task What_a_run_may_not_ask_is_left_for_the_next_one_never_asked_first_then_the_oldest()
    {
        await using var server = await RankingAsync();
        using var reads = new FeedReads(server.Address) { Entries = Entries(5) };
        const string Keys = One + "maxLookupsPerRun: 3\nrefreshAfter: 10d\nconcurrency: 1";

        Assert.Equal(3, (await reads.ReadAsync(Keys)).Rows.Count);
        var first = server.Asked.ToList();
        reads.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(5, (await reads.ReadAsync(Keys)).Rows.Count);
        var second = server.Asked.Skip(3).ToList();
        reads.Clock.Advance(TimeSpan.FromDays(10));
        await reads.ReadAsync(Keys);
        var third = server.Asked.Skip(5).ToList();

        Assert.Equal((3, 2, 5), (first.Count, second.Count, first.Union(second).Count()));
        Assert.Equal(first, third);
    }

    [Fact]
    public async Task A_run_that_fails_half_way_keeps_the_answers_it_has_got()
    {
        var broken = true;
        await using var server = await RankingAsync((context, request) =>
            broken && request.Target.EndsWith("-7.com", StringComparison.Ordinal) ? () => FeedServer.JsonAsync(context, "kanarie", 500) : null);
        using var reads = new FeedReads(server.Address) { Entries = Entries(20) };

        var problem = await reads.FailsAsync(One + "retries: 1\nconcurrency: 1");
        var answered = server.Asked.Where(target => !target.EndsWith("-7.com", StringComparison.Ordinal)).ToList();
        broken = false;
        var read = await reads.ReadAsync(One);

        Assert.Equal("AFF287", problem.Code);
        Assert.Contains($"{answered.Count} of 20", problem.Message, StringComparison.Ordinal);
        Assert.Contains("AFF274", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("company-7", problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(20, read.Rows.Count);
        Assert.All(answered, target => Assert.Equal(1, server.Asked.Count(asked => asked == target)));
    }

    [Fact]
    public async Task A_key_that_the_feed_refuses_is_a_reject_of_its_entry_and_asked_for_again()
    {
        await using var server = await RankingAsync((context, request) => request.Target.EndsWith("-2.com", StringComparison.Ordinal) ? () => FeedServer.JsonAsync(context, "{}", 422) : null);
        using var reads = new FeedReads(server.Address) { Entries = Entries(3) };

        var read = await reads.ReadAsync(One);
        await reads.ReadAsync(One);

        Assert.Equal(2, read.Rows.Count);
        var reject = Assert.Single(read.Malformed);
        Assert.Equal("AFF285", reject.Code);
        Assert.Contains("entry 2", reject.Reason, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task An_answer_of_another_shape_is_a_reject_and_not_kept()
    {
        await using var server = await RankingAsync((context, _) => () => FeedServer.JsonAsync(context, """{"rank":{"value":5}}"""));
        using var reads = new FeedReads(server.Address) { Entries = Entries(1) };

        var read = await reads.ReadAsync(One);

        Assert.Empty(read.Rows);
        Assert.Equal("AFF284", Assert.Single(read.Malformed).Code);
        await reads.ReadAsync(One);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Entries_of_one_company_are_asked_for_once_and_those_without_a_key_not_at_all()
    {
        await using var server = await RankingAsync();
        using var reads = new FeedReads(server.Address)
        {
            Entries = [new SourceTarget(1, 7, ["Company-1.com", "other.com"], []), new SourceTarget(2, 7, ["company-1.com"], []), new SourceTarget(3, 8, [], [])],
        };

        Assert.Equal(["1|7", "2|7"], (await reads.ReadAsync(One)).Rows.Select(row => string.Join('|', row.Split('|').Take(2))));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("url: /c\nparameters: { id: '{companyId}' }", "/c?id=101")]
    [InlineData("url: /c/{entryId}", "/c/1")]
    [InlineData("url: /c/{email}", "/c/ann%2Bx%40acme.com")]
    public async Task An_entry_can_be_asked_for_by_each_of_its_keys(string keys, string asked)
    {
        await using var server = await RankingAsync((context, _) => () => FeedServer.JsonAsync(context, """{"rank":1}"""));
        using var reads = new FeedReads(server.Address) { Entries = [new SourceTarget(1, 101, ["acme.com"], ["Ann+x@acme.com"])] };

        Assert.Single((await reads.ReadAsync("mode: lookup\ncolumns: [rank]\n" + keys)).Rows);
        Assert.Equal([asked], server.Asked);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Many_entries_can_be_asked_for_in_one_request(string method)
    {
        await using var server = await FeedServer.StartAsync(request =>
        {
            var keys = request.Method == "POST"
                ? JsonDocument.Parse(request.Body).RootElement.GetProperty("domains").EnumerateArray().Select(key => key.GetString()!)
                : Uri.UnescapeDataString(request.Target.Split('=')[1]).Split(';');
            var records = keys.Where(key => !key.EndsWith("-3.com", StringComparison.Ordinal))
                .Select(key => $"{{\"company\":{{\"domain\":\"{key.ToUpperInvariant()}\"}},\"rank\":{key.Length}}}");
            return $"{{\"results\":[{string.Join(',', records)}]}}";
        });
        using var reads = new FeedReads(server.Address) { Entries = Entries(120) };
        var keys = $"mode: lookup\nurl: /ranks\nmethod: {method}\nrecords: $.results[*]\ncolumns: [rank]\nbatch: {{ key: domain, size: 50, parameter: domains, separator: ';', keyPath: company.domain }}";

        var read = await reads.ReadAsync(keys);
        await reads.ReadAsync(keys);

        Assert.Equal(119, read.Rows.Count);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_hundred_thousand_answers_lie_in_256_documents_without_their_keys()
    {
        await using var server = await FeedServer.StartAsync(request => $"[{string.Join(',', JsonDocument.Parse(request.Body).RootElement.GetProperty("ids").EnumerateArray().Select(id => $"{{\"id\":{id.GetString()},\"rank\":1}}"))}]");
        using var reads = new FeedReads(server.Address) { Entries = [.. Enumerable.Range(1, 100_000).Select(number => new SourceTarget(number, number, [], []))] };
        const string Keys = "mode: lookup\nurl: /ranks\nmethod: POST\ncolumns: [rank]\nmaxLookupsPerRun: 100000\nconcurrency: 8\nbatch: { key: companyId, size: 1000, parameter: ids, keyPath: id }";

        var read = await reads.ReadAsync(Keys);
        await reads.ReadAsync(Keys);

        Assert.Equal((100_000, 100), (read.Rows.Count, server.Requests.Count));
        Assert.Equal(256, Directory.EnumerateFiles(reads.StateFolder, "*.json", SearchOption.AllDirectories).Count(file => file.Contains("lookups", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Other_columns_are_another_question()
    {
        await using var server = await RankingAsync();
        using var reads = new FeedReads(server.Address) { Entries = Entries(1) };

        await reads.ReadAsync(One);
        var read = await reads.ReadAsync(One.Replace("rank, owner.name", "owner.name", StringComparison.Ordinal));

        Assert.Equal(["1|101|company-1.com|∅|Ann"], read.Rows);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task The_state_holds_no_secret_and_no_key()
    {
        await using var server = await RankingAsync();
        using var reads = new FeedReads(server.Address, ("ApiKey", "kanariesecret")) { Entries = Entries(3) };

        await reads.ReadAsync(One + "auth: apiKey");

        var state = string.Concat(Directory.EnumerateFiles(reads.StateFolder, "*.json", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.Contains("2.50", state, StringComparison.Ordinal);
        Assert.DoesNotContain("kanarie", state, StringComparison.Ordinal);
        Assert.DoesNotContain("company-2", state, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mode: lookup\nurl: /x/{domain}", "AFF105")]
    [InlineData("mode: lookup\nurl: /x\ncolumns: [a]", "AFF288")]
    [InlineData("mode: lookup\nurl: /x/{domain}/{entryId}\ncolumns: [a]", "AFF288")]
    [InlineData("mode: lookup\nurl: /x/{domain}\ncolumns: [domain]", "AFF288")]
    [InlineData("mode: lookup\nurl: /x/{lastSuccess}/{domain}\ncolumns: [a]", "AFF288")]
    [InlineData("mode: lookup\nurl: /x\ncolumns: [a]\nbatch: { parameter: p, keyPath: k }", "AFF105")]
    [InlineData("mode: lookup\nurl: /x/{domain}\ncolumns: [a]\npaging: { by: page }", "AFF104")]
    [InlineData("mode: lookup\nurl: /x/{domain}\ncolumns: [a]\nrefreshAfter: 0s", "AFF109")]
    public void What_is_wrong_with_the_keys_is_found_before_anything_is_asked(string keys, string code)
    {
        using var reads = new FeedReads("https://api.example.com");

        Assert.Equal([code], reads.Problems(keys).Select(problem => problem.Code).Distinct());
    }

    private static IReadOnlyList<SourceTarget> Entries(int count) =>
        [.. Enumerable.Range(1, count).Select(number => new SourceTarget(number, 100 + number, [$"company-{number}.com"], []))];

    /// <summary>Ranks company-7.com as 7.50, unless the test answers something else.</summary>
    private static Task<FeedServer> RankingAsync(Func<HttpContext, FeedRequestSeen, Func<Task>?>? otherwise = null) => FeedServer.StartAsync((context, request) =>
        otherwise?.Invoke(context, request)?.Invoke()
        ?? FeedServer.JsonAsync(context, string.Create(CultureInfo.InvariantCulture, $"{{\"rank\":{request.Target.Split('-')[1].Split('.')[0]}.50,\"owner\":{{\"name\":\"Ann\"}},\"x\":1}}")));
}
