using System.Net;
using System.Text;
using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace AffinityDurable.Functions.Tests.Access;

/// <summary>Google Pub/Sub comes in with a token that Google has signed for a service account.</summary>
public sealed class PubSubTests : IAsyncLifetime
{
    private static readonly (HttpStatusCode, string?) Taken = (HttpStatusCode.OK, null);
    private static readonly (HttpStatusCode, string?) NotBelieved = (HttpStatusCode.Unauthorized, AccessErrors.SenderNotBelieved.Id);
    private static readonly (HttpStatusCode, string?) KeyUnknown = (HttpStatusCode.Unauthorized, AccessErrors.KeyUnknown.Id);

    private GoogleStub google = null!;

    private static DateTimeOffset Now => World.TestApp.Evening;

    public static TheoryData<string, object?> Claims => new()
    {
        { "aud", "https://sync.example.com/" },
        { "aud", new[] { GoogleStub.Audience, "https://elsewhere.example.com" } },
        { "aud", null },
        { "iss", "https://accounts.example.com" },
        { "iss", null },
        { "email", "eve@acme.iam.gserviceaccount.com" },
        { "email", null },
        { "email_verified", false },
        { "email_verified", null },
        { "exp", Now.AddMinutes(-2).ToUnixTimeSeconds() },
        { "exp", "never" },
        { "exp", null },
        { "nbf", Now.AddMinutes(2).ToUnixTimeSeconds() },
    };

    public async Task InitializeAsync() => google = await GoogleStub.StartAsync();

    public async Task DisposeAsync() => await google.DisposeAsync();

    [Fact]
    public async Task A_token_of_the_service_account_tells_of_files_and_the_record_names_the_account()
    {
        await using var app = await NotifiedApp.StartAsync(google);
        using var http = app.Caller();

        Assert.Equal(Taken, await SendAsync(http, google.Token(Now)));

        var record = Assert.Single(await app.AuditAsync());
        Assert.Equal((GoogleStub.Account, NotifiedApp.Route, 200), (record.By, record.Path, record.Status));
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public async Task A_token_that_says_anything_else_is_refused_and_makes_nobody_call_Google(string claim, object? value)
    {
        await using var app = await NotifiedApp.StartAsync(google);
        using var http = app.Caller();

        Assert.Equal(NotBelieved, await SendAsync(http, google.Token(Now, claims: (claim, value))));

        Assert.Equal(0, google.Fetches);
        Assert.Empty(await app.AuditAsync());
    }

    [Fact]
    public async Task A_token_that_Google_has_not_signed_is_refused()
    {
        await using var app = await NotifiedApp.StartAsync(google);
        using var http = app.Caller();
        using var forged = GoogleStub.NewKey("key-1").Rsa;
        var good = google.Token(Now).Split('.');
        string[] tokens =
        [
            google.Token(Now, new SigningCredentials(new RsaSecurityKey(forged) { KeyId = "key-1" }, SecurityAlgorithms.RsaSha256)),
            google.Token(Now, google.PublicKeyAsSecret()),
            $"{Part("""{"alg":"none","kid":"key-1"}""")}.{good[1]}.",
            $"{Part("""{"alg":"none","kid":"key-1"}""")}.{good[1]}.{good[2]}",
            $"{Part("""{"alg":"RS256","kid":"key-1"}""")}.{good[1]}.",
            $"{good[0]}.{good[1]}.{good[2][..^4]}AAAA",
            $"{good[0]}.{Part($$"""{"iss":"https://accounts.google.com","aud":"{{GoogleStub.Audience}}","email":"{{GoogleStub.Account}}","email_verified":true,"exp":{{Now.AddDays(9).ToUnixTimeSeconds()}}}""")}.{good[2]}",
            $"{Part("""{"alg":"RS256"}""")}.{good[1]}.{good[2]}",
            "a.b.c",
            "..",
            "no.token",
            new string('a', 9000) + ".b.c",
        ];

        foreach (var token in tokens)
        {
            Assert.Equal((token, NotBelieved), (token, await SendAsync(http, token)));
        }

        Assert.Equal(Taken, await SendAsync(http, string.Join('.', good)));
    }

    [Fact]
    public async Task A_token_is_good_for_no_other_route_and_a_key_still_is_for_this_one()
    {
        await using var app = await NotifiedApp.StartAsync(google, ("Access:TrustLoopback", "true"));
        using var http = app.Caller();
        using var pubSub = app.Caller(("Authorization", NotifiedApp.Bearer(google.Token(Now)).ToString()));

        Assert.All(
            new[] { await pubSub.GetAsync("/api/syncs"), await pubSub.GetAsync(NotifiedApp.Route), await pubSub.PostAsync("/api/syncs/portfolio/runs", null), await pubSub.PostAsync("/api/syncs/portfolio/hold", null) },
            answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.Equal(Taken, await SendAsync(http, ApiApp.OperatorKey));
        Assert.Equal(0, google.Fetches);
    }

    [Fact]
    public async Task Without_the_settings_no_token_is_looked_at()
    {
        await using var app = await NotifiedApp.StartAsync(("Access:PubSub:KeysUri", google.KeysUri.ToString()));
        using var http = app.Caller();

        Assert.Equal(KeyUnknown, await SendAsync(http, google.Token(Now)));
        Assert.Equal(0, google.Fetches);
    }

    [Fact]
    public async Task No_answer_and_no_log_has_the_token()
    {
        await using var app = await NotifiedApp.StartAsync(google);
        using var http = app.Caller();
        var token = google.Token(Now, claims: ("email", "eve@acme.iam.gserviceaccount.com"));

        var answer = await http.NotifyAsync(NotifiedApp.Bearer(token));

        Assert.DoesNotContain("eve@", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Lines, line => line.Text.Contains(token.Split('.')[1], StringComparison.Ordinal) || line.Text.Contains("eve@", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Access:PubSub:Audience", null)]
    [InlineData("Access:PubSub:ServiceAccounts:0", null)]
    [InlineData("Access:PubSub:ServiceAccounts:0", "exports")]
    [InlineData("Access:PubSub:KeysUri", "http://keys.example.com/certs")]
    [InlineData("Access:PubSub:KeysUri", "certs")]
    [InlineData("Access:PubSub:KeysUri", "")]
    public async Task Settings_that_would_open_nothing_or_too_much_are_refused_at_the_start(string key, string? value)
    {
        await using var app = await NotifiedApp.StartAsync(google, (key, value));

        var refused = Assert.Throws<OptionsValidationException>(() => app.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("AFF744", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string? Code)> SendAsync(HttpClient http, string token) => await (await http.NotifyAsync(NotifiedApp.Bearer(token))).SaidAsync();

    private static string Part(string json) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(json));
}
