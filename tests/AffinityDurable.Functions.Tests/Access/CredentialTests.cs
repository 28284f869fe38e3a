using System.Net;
using System.Net.Http.Json;
using AffinityDurable.Core.Errors;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Functions.Tests.Access;

/// <summary>Who is let in, and what the others are told.</summary>
public sealed class CredentialTests
{
    private const string Run = "/api/runs/portfolio@20260303T0200Z";

    [Fact]
    public async Task Who_brings_no_credentials_is_asked_for_them()
    {
        await using var app = await ApiApp.StartAsync();
        using var nobody = app.Caller();

        var answer = await nobody.GetAsync(Run);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer realm=\"affinity-durable\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal(AccessErrors.NoCredentials.Id, await answer.CodeAsync());
    }

    [Fact]
    public async Task A_key_admits_as_a_header_of_its_own_and_as_a_bearer_token()
    {
        await using var app = await ApiApp.StartAsync();
        using var reader = app.Reader();
        using var bearer = app.Caller(("Authorization", $"bearer {ApiApp.ReaderKey}"));

        Assert.Equal(HostErrors.NotThere.Id, await (await reader.GetAsync(Run)).CodeAsync());
        Assert.Equal(HostErrors.NotThere.Id, await (await bearer.GetAsync(Run)).CodeAsync());
    }

    [Theory]
    [InlineData("adk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("")]
    [InlineData("secret")]
    public async Task A_wrong_key_is_refused_even_from_a_machine_that_is_trusted(string key)
    {
        await using var app = await ApiApp.StartAsync(("Access:TrustLoopback", "true"));
        using var trusted = app.Caller();
        using var wrong = app.Caller((RequestAuthorizer.KeyHeader, key));

        var answer = await wrong.GetAsync(Run);

        Assert.Equal(HttpStatusCode.NotFound, (await trusted.GetAsync(Run)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(AccessErrors.KeyUnknown.Id, await answer.CodeAsync());
    }

    [Fact]
    public async Task The_hash_of_a_key_is_no_key()
    {
        await using var app = await ApiApp.StartAsync();
        using var thief = app.Caller((RequestAuthorizer.KeyHeader, ApiKey.HashOf(ApiApp.OperatorKey)));

        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync(Run)).StatusCode);
    }

    [Theory]
    [InlineData(null, "true")]
    [InlineData("False", "true")]
    [InlineData("True", "false")]
    public async Task A_sign_in_is_forged_where_the_platform_has_not_made_it(string? platform, string enabled)
    {
        await using var app = await ApiApp.StartAsync(
            (SignedInCallers.PlatformSetting, platform), ("Access:Entra:Enabled", enabled), ("Access:TrustLoopback", "true"));
        using var forger = app.Approver();

        var answer = await forger.GetAsync(Run);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(AccessErrors.PrincipalNotBelieved.Id, await answer.CodeAsync());
    }

    [Fact]
    public async Task A_key_does_not_make_a_forged_sign_in_good()
    {
        await using var app = await ApiApp.StartAsync((SignedInCallers.PlatformSetting, null));
        using var forger = app.Approver();
        forger.DefaultRequestHeaders.Add(RequestAuthorizer.KeyHeader, ApiApp.ReaderKey);

        Assert.Equal(HttpStatusCode.Forbidden, (await forger.GetAsync(Run)).StatusCode);
    }

    public static TheoryData<string> Malformed =>
    [
        "",
        "no base64!",
        ApiApp.Base64("no json"),
        ApiApp.Base64("[]"),
        ApiApp.Base64("null"),
        ApiApp.Base64("{}"),
        ApiApp.Base64("{\"auth_typ\":\"aad\"}"),
        ApiApp.Base64("{\"auth_typ\":\"aad\",\"claims\":[null,{},{\"typ\":\"roles\",\"val\":\"Sync.Approve\"}]}"),
        ApiApp.Base64("{\"auth_typ\":\"aad\",\"claims\":\"none\"}"),
        ApiApp.Principal([("tid", ApiApp.Tenant), ("name", "Eve"), ("roles", "Sync.Approve")], provider: "github"),
        ApiApp.Principal([("tid", "of-somebody-else"), ("name", "Eve"), ("roles", "Sync.Approve")]),
        ApiApp.Principal([("name", "Eve"), ("roles", "Sync.Approve")]),
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_sign_in_that_does_not_say_who_calls_is_refused(string header)
    {
        await using var app = await ApiApp.StartAsync();
        using var caller = app.Caller((RequestAuthorizer.PrincipalHeader, header));

        var answer = await caller.GetAsync(Run);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(AccessErrors.PrincipalNotBelieved.Id, await answer.CodeAsync());
    }

    [Fact]
    public async Task A_sign_in_ends_when_it_says_so()
    {
        await using var app = await ApiApp.StartAsync();
        var end = app.Clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var ada = app.SignedIn(("name", "Ada"), ("roles", "Sync.Read"), ("exp", end));

        var before = await ada.GetAsync(Run);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        var after = await ada.GetAsync(Run);

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.Unauthorized], new[] { before.StatusCode, after.StatusCode });
    }

    [Fact]
    public async Task Roles_follow_from_app_roles_and_groups()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define();
        using var reader = app.SignedIn(("name", "Rea"), ("roles", "sync.read"));
        using var robot = app.SignedIn(("appid", "42"), ("groups", ApiApp.OperatorGroup));
        using var stranger = app.SignedIn(("name", "Sam"), ("roles", "Another.Role"), ("groups", "another-group"));
        var hold = new { reason = "audit" };

        var read = await reader.GetAsync(Run);
        var held = await robot.PostAsJsonAsync("/api/syncs/portfolio/hold", hold);
        var tooMuch = await reader.PostAsJsonAsync("/api/syncs/portfolio/hold", hold);
        var nothing = await stranger.GetAsync(Run);

        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden],
            new[] { read, held, tooMuch, nothing }.Select(answer => answer.StatusCode));
        Assert.Contains("application 42", await held.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(AccessErrors.RoleMissing.Id, await nothing.CodeAsync());
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task What_a_proxy_on_this_machine_passes_on_is_not_trusted(string header, string value)
    {
        await using var app = await ApiApp.StartAsync(("Access:TrustLoopback", "true"));
        using var passedOn = app.Caller((header, value));

        Assert.Equal(HttpStatusCode.Unauthorized, (await passedOn.GetAsync(Run)).StatusCode);
    }

    [Theory]
    [InlineData("Access:Keys:hightouch:Role", "approver", "AFF745")]
    [InlineData("Access:Keys:hightouch:Role", "admin", "AFF744")]
    [InlineData("Access:Keys:hightouch:Hash", "secret", "AFF744")]
    [InlineData("Access:Keys:hightouch:Hash", null, "AFF744")]
    [InlineData("Access:Keys:high-touch:Hash", "sha256:0000000000000000000000000000000000000000000000000000000000000000", "AFF744")]
    public async Task Settings_that_would_open_too_much_or_nothing_are_refused_at_the_start(string key, string? value, string code)
    {
        await using var app = await ApiApp.StartAsync((key, value));

        var refused = Assert.Throws<OptionsValidationException>(() => app.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(code, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trust_in_the_loopback_address_is_refused_at_the_start_on_Azure_where_all_requests_come_from_it()
    {
        await using var app = await ApiApp.StartAsync(
            ("Access:TrustLoopback", "true"),
            ("WEBSITE_INSTANCE_ID", "0"),
            ("Stores:Directory", "stores"),
            ("Definitions:Directory", "syncs"));

        var refused = Assert.Throws<OptionsValidationException>(() => app.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("AFF744 Access__TrustLoopback is true on Azure", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_keys_with_one_hash_and_sign_in_without_roles_are_refused_at_the_start()
    {
        await using var app = await ApiApp.StartAsync(
            ("Access:Keys:second:Hash", ApiKey.HashOf(ApiApp.ReaderKey)),
            ("Access:Roles:Reader:0", ""),
            ("Access:Roles:Operator:0", ""),
            ("Access:Roles:Approver:0", ""));

        var refused = Assert.Throws<OptionsValidationException>(() => app.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(2, refused.Failures.Count());
        Assert.Contains("dashboard and second", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_keys_are_the_same_and_none_follows_from_its_hash()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => ApiKey.New()).ToList();

        Assert.Equal(100, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, key => Assert.Matches("^adk_[A-Za-z0-9_-]{43}$", key));
        Assert.Equal("sha256:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b", ApiKey.HashOf("secret"));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_whatever_is_in_it()
    {
        await using var app = await ApiApp.StartAsync();
        app.Define();
        using var operatorKey = app.Operator();

        var answer = await operatorKey.PostAsync("/api/syncs/portfolio/runs", new StringContent(new string(' ', (1 << 20) + 1)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(AccessErrors.BodyTooLarge.Id, await answer.CodeAsync());
    }

    [Fact]
    public async Task No_answer_and_no_log_repeats_a_key_or_a_header()
    {
        await using var app = await ApiApp.StartAsync();
        using var wrong = app.Caller((RequestAuthorizer.KeyHeader, "adk_confidential"));
        using var forger = app.Caller((RequestAuthorizer.PrincipalHeader, "confidential"));

        var answers = await Task.WhenAll(wrong.GetStringsAsync(Run), forger.GetStringsAsync(Run));

        Assert.All(answers, answer => Assert.DoesNotContain("confidential", answer, StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.Lines, line => line.Text.Contains("confidential", StringComparison.Ordinal));
        Assert.Contains(app.Log.Lines, line => line.Text.Contains(AccessErrors.KeyUnknown.Id, StringComparison.Ordinal));
    }
}

/// <summary>Answers as text, whatever their status.</summary>
internal static class AnswerText
{
    public static async Task<string> GetStringsAsync(this HttpClient http, string path)
    {
        var answer = await http.GetAsync(path);
        return $"{answer}\n{await answer.Content.ReadAsStringAsync()}";
    }
}
