using System.Text;
using AffinityDurable.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Sources.Tests.Http;

/// <summary>Who asks is proved to the feed, and to nobody else.</summary>
public sealed class AccessTests
{
    private const string Secret = "kanariesecret";
    private const string Answer = """[{"id":1}]""";

    [Theory]
    [InlineData("auth: bearer", "Authorization", "Bearer " + Secret)]
    [InlineData("auth: apiKey", "X-Api-Key", Secret)]
    [InlineData("auth: apiKey\napiKeyHeader: X-Vestberry", "X-Vestberry", Secret)]
    [InlineData("auth: basic", "Authorization", "Basic YW5uOmthbmFyaWVzZWNyZXQ=")]
    [InlineData("auth: none", "Authorization", null)]
    [InlineData("", "X-Api-Key", null)]
    public async Task Each_kind_sends_its_header(string keys, string header, string? expected)
    {
        await using var server = await FeedServer.StartAsync(_ => Answer);
        using var reads = new FeedReads(server.Address, ("Token", Secret), ("ApiKey", Secret), ("Username", "ann"), ("Password", Secret));

        await reads.ReadAsync("url: /x\n" + keys);

        Assert.Equal(expected, Assert.Single(server.Requests).Header(header));
    }

    [Fact]
    public async Task A_secret_that_is_not_set_is_named()
    {
        using var reads = new FeedReads("http://127.0.0.1:1");

        var problem = await reads.FailsAsync("url: /x\nauth: bearer");

        Assert.Equal("AFF291", problem.Code);
        Assert.Contains("Token", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_asked_once_more_with_settings_read_anew_and_then_told()
    {
        await using var server = await FeedServer.StartAsync((context, _) => FeedServer.JsonAsync(context, """{"message":"kanarie"}""", 401));
        using var reads = new FeedReads(server.Address, ("Token", Secret));

        var problem = await reads.FailsAsync("url: /x\nauth: bearer");

        Assert.Equal("AFF273", problem.Code);
        Assert.Contains("page 1 of /x with 401", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kanarie", problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Client_credentials_are_traded_for_a_token_that_serves_until_shortly_before_it_expires()
    {
        var tokens = 0;
        await using var server = await FeedServer.StartAsync(request => request.Target == "/token"
            ? $$"""{"access_token":"token-{{++tokens}}","token_type":"Bearer","expires_in":3600}"""
            : Answer);
        using var reads = OAuth(server, ("Scope", "read all"));

        await reads.ReadAsync("url: /x\nauth: clientCredentials");
        reads.Clock.Advance(TimeSpan.FromMinutes(58));
        await reads.ReadAsync("url: /x\nauth: clientCredentials");
        reads.Clock.Advance(TimeSpan.FromMinutes(2));
        await reads.ReadAsync("url: /x\nauth: clientCredentials");

        Assert.Equal(["/token", "/x", "/x", "/token", "/x"], server.Asked);
        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-2"], server.Requests.Where(request => request.Target == "/x").Select(request => request.Header("Authorization")));
        var asked = server.Requests.First();
        Assert.Equal("grant_type=client_credentials&scope=read+all", asked.Body);
        Assert.Equal("id:" + Secret, Encoding.ASCII.GetString(Convert.FromBase64String(asked.Header("Authorization")!["Basic ".Length..])));
    }

    [Fact]
    public async Task Client_credentials_go_into_the_body_where_the_connection_says_so()
    {
        await using var server = await FeedServer.StartAsync(request => request.Target == "/token" ? """{"access_token":"t"}""" : Answer);
        using var reads = OAuth(server, ("ClientAuth", "post"));

        await reads.ReadAsync("url: /x\nauth: clientCredentials");

        Assert.Equal("grant_type=client_credentials&client_id=id&client_secret=" + Secret, server.Requests.First().Body);
        Assert.Null(server.Requests.First().Header("Authorization"));
    }

    [Fact]
    public async Task A_token_that_is_refused_in_mid_page_is_renewed_once()
    {
        var tokens = 0;
        await using var server = await FeedServer.StartAsync((context, request) =>
            request.Target == "/token" ? FeedServer.JsonAsync(context, $$"""{"access_token":"token-{{++tokens}}","expires_in":3600}""")
            : request.Target.Contains("page=2", StringComparison.Ordinal) && request.Header("Authorization") == "Bearer token-1" ? FeedServer.JsonAsync(context, "{}", 401)
            : FeedServer.JsonAsync(context, request.Target.Contains("page=3", StringComparison.Ordinal) ? "[]" : $$"""[{"id":"{{request.Target}}"}]"""));
        using var reads = OAuth(server);

        var read = await reads.ReadAsync("url: /x\nauth: clientCredentials\npaging: { by: page }");

        Assert.Equal(["/x?page=1", "/x?page=2"], read.Rows);
        Assert.Equal(["/token", "/x?page=1", "/x?page=2", "/token", "/x?page=2", "/x?page=3"], server.Asked);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client","kanarie":1}""", "answered 400")]
    [InlineData(200, """{"kanarie":1}""", "without a token")]
    [InlineData(200, "<kanarie>", "without a token")]
    public async Task A_token_that_is_not_given_is_told_without_the_answer(int status, string body, string expected)
    {
        await using var server = await FeedServer.StartAsync((context, _) => FeedServer.JsonAsync(context, body, status));
        using var reads = OAuth(server);

        var problem = await reads.FailsAsync("url: /x\nauth: clientCredentials");

        Assert.Equal("AFF275", problem.Code);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kanarie", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://api.example.com")]
    [InlineData("api.example.com")]
    [InlineData("ftp://api.example.com")]
    [InlineData("https://ann:kanarie@api.example.com")]
    public async Task A_base_address_has_to_be_https_and_hold_no_credentials(string address)
    {
        using var reads = new FeedReads(address);

        var problem = await reads.FailsAsync("url: /x");

        Assert.Equal("AFF270", problem.Code);
        Assert.DoesNotContain("kanarie", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example.com/x")]
    [InlineData("http://127.0.0.1:1/x")]
    public async Task An_absolute_url_has_to_be_on_the_host_of_the_connection(string url)
    {
        await using var server = await FeedServer.StartAsync(_ => Answer);
        using var reads = new FeedReads(server.Address, ("Token", Secret));

        Assert.Equal("AFF271", (await reads.FailsAsync($"url: {url}\nauth: bearer")).Code);
        Assert.Equal(["1"], (await reads.ReadAsync($"url: {server.Address}/x\nauth: bearer")).Rows);
    }

    [Theory]
    [InlineData("//evil.example.com/x")]
    [InlineData("@evil.example.com/x")]
    [InlineData("/../../x")]
    [InlineData(":1@evil.example.com/x")]
    public async Task No_path_leads_to_another_host(string url)
    {
        await using var server = await FeedServer.StartAsync(_ => Answer);
        using var reads = new FeedReads(server.Address + "/base");

        await reads.ReadAsync($"url: '{url}'");

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_redirect_is_followed_on_the_host_and_never_to_another()
    {
        await using var other = await FeedServer.StartAsync(_ => Answer);
        await using var server = await FeedServer.StartAsync((context, request) =>
        {
            if (request.Target == "/new")
            {
                return FeedServer.JsonAsync(context, Answer);
            }

            context.Response.Redirect(request.Target == "/old" ? "/new" : other.Address + "/x");
            return Task.CompletedTask;
        });
        using var reads = new FeedReads(server.Address, ("Token", Secret));

        Assert.Equal(["1"], (await reads.ReadAsync("url: /old\nauth: bearer")).Rows);
        Assert.Equal("AFF271", (await reads.FailsAsync("url: /away\nauth: bearer")).Code);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("url: /x\nheaders: { X-Auth: kanarie }", "AFF118")]
    [InlineData("url: /x\nheaders: { Cookie: kanarie }", "AFF118")]
    [InlineData("url: /x\nheaders: { X-Api-Key: kanarie }", "AFF118")]
    [InlineData("url: /x\nheaders: { Authorization: kanarie }", "AFF118")]
    [InlineData("url: /x\nparameters: { api_key: kanarie }", "AFF118")]
    [InlineData("url: /x\nheaders: { Host: evil.example.com }", "AFF288")]
    [InlineData("url: /x\nheaders: { 'a b': c }", "AFF288")]
    [InlineData("url: /x\nheaders: [a]", "AFF107")]
    [InlineData("url: '/a b'", "AFF288")]
    [InlineData("url: /x/{wibble}", "AFF288")]
    [InlineData("url: /x/{domain}", "AFF288")]
    [InlineData("url: /x\nrecords: data", "AFF288")]
    [InlineData("url: /x\nrecords: $..data", "AFF288")]
    [InlineData("url: /x\ncolumns: [id, ID]", "AFF288")]
    [InlineData("url: /x\nrateLimit: 10 per second", "AFF288")]
    [InlineData("url: /x\nmethod: PUT", "AFF108")]
    [InlineData("url: /x\nbody: { a: 1 }", "AFF104")]
    [InlineData("url: /x\nmethod: POST\nbody: '{'", "AFF288")]
    [InlineData("url: /x\npaging: { by: cursor, parameter: c }", "AFF105")]
    [InlineData("url: /x\npaging: { parameter: c }", "AFF105")]
    [InlineData("url: /x\nmaxLookupsPerRun: 5", "AFF104")]
    [InlineData("auth: bearer", "AFF105")]
    public void What_is_wrong_with_the_keys_is_found_before_anything_is_asked(string keys, string code)
    {
        using var reads = new FeedReads("https://api.example.com");

        var problems = reads.Problems(keys);

        Assert.Contains(code, problems.Select(problem => problem.Code));
        Assert.DoesNotContain("kanarie", string.Join('\n', problems), StringComparison.Ordinal);
    }

    private static FeedReads OAuth(FeedServer server, params (string, string)[] more) =>
        new(server.Address, [("TokenUrl", server.Address + "/token"), ("ClientId", "id"), ("ClientSecret", Secret), .. more]);
}
