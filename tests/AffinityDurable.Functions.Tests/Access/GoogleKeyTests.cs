using System.Net;
using AffinityDurable.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace AffinityDurable.Functions.Tests.Access;

/// <summary>The keys that Google signs with are fetched when they are needed, and seldom.</summary>
public sealed class GoogleKeyTests : IAsyncLifetime
{
    private static readonly (HttpStatusCode, string?) Taken = (HttpStatusCode.OK, null);
    private static readonly (HttpStatusCode, string?) NotBelieved = (HttpStatusCode.Unauthorized, AccessErrors.SenderNotBelieved.Id);
    private static readonly (HttpStatusCode, string?) NotNow = (HttpStatusCode.ServiceUnavailable, AccessErrors.SigningKeysMissing.Id);

    private GoogleStub google = null!;

    private static DateTimeOffset Now => World.TestApp.Evening;

    public async Task InitializeAsync() => google = await GoogleStub.StartAsync();

    public async Task DisposeAsync() => await google.DisposeAsync();

    [Fact]
    public async Task A_key_that_is_not_known_yet_is_fetched_once_and_one_that_Google_does_not_have_costs_a_call_in_half_a_minute()
    {
        await using var app = await NotifiedApp.StartAsync(google);
        using var http = app.Caller();
        await SendAsync(http, google.Token(Now));
        await SendAsync(http, google.Token(Now));
        Assert.Equal(1, google.Fetches);

        app.Clock.Advance(TimeSpan.FromSeconds(31));
        google.Rotate();
        Assert.Equal(Taken, await SendAsync(http, google.Token(Now)));
        Assert.Equal(2, google.Fetches);

        using var forged = GoogleStub.NewKey("key-9").Rsa;
        var unknown = google.Token(Now, new SigningCredentials(new RsaSecurityKey(forged) { KeyId = "key-9" }, SecurityAlgorithms.RsaSha256));
        app.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(http, unknown))), said => Assert.Equal(NotBelieved, said));
        Assert.Equal(3, google.Fetches);
    }

    public static TheoryData<string> Outages => ["down", "redirect", "endless", "no JSON", "other JSON"];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task While_the_keys_cannot_be_fetched_Pub_Sub_is_told_to_come_again(string outage)
    {
        google.Answer = context => AnswerAsync(context, outage);
        await using var app = await NotifiedApp.StartAsync(google);
        using var http = app.Caller();

        Assert.Equal(NotNow, await SendAsync(http, google.Token(Now)));
        Assert.Equal(NotNow, await SendAsync(http, google.Token(Now)));
        Assert.Equal(1, google.Fetches);

        google.Answer = null;
        app.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(Taken, await SendAsync(http, google.Token(Now)));
    }

    [Fact]
    public async Task Known_keys_outlive_an_outage_of_hours_and_not_of_days()
    {
        await using var app = await NotifiedApp.StartAsync(google);
        using var http = app.Caller();
        await SendAsync(http, google.Token(Now));
        google.Answer = context => AnswerAsync(context, "down");

        app.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(Taken, await SendAsync(http, google.Token(Now.AddHours(2))));
        app.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(NotNow, await SendAsync(http, google.Token(Now.AddHours(25))));
    }

    private static async Task<(HttpStatusCode Status, string? Code)> SendAsync(HttpClient http, string token) => await (await http.NotifyAsync(NotifiedApp.Bearer(token))).SaidAsync();

    private static async Task AnswerAsync(HttpContext context, string outage)
    {
        context.Response.StatusCode = outage switch { "down" => 500, "redirect" => 302, _ => 200 };
        context.Response.Headers.Location = outage == "redirect" ? "http://127.0.0.1:1/" : default;
        await context.Response.WriteAsync(outage switch
        {
            "endless" => "{\"keys\":[],\"padding\":\"" + new string('x', 100_000) + "\"}",
            "no JSON" => "<html>",
            "other JSON" => "[]",
            _ => "",
        });
    }
}
