using System.Text;
using System.Text.Json;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Functions.Triggers.Access;

namespace AffinityDurable.Functions.Tests.Access;

/// <summary>A <see cref="TestApp"/> over HTTP as others meet it: no trust in this machine, a key for each role that keys may have, and sign-in.</summary>
internal static class ApiApp
{
    public const string Tenant = "8d3c6a52-5d3e-4e21-9a57-1f1a5c0f5c3b";

    public const string OperatorGroup = "5a0b1f1e-0c44-4ad5-8f7e-6d0c35a4b0a1";

    public static string ReaderKey { get; } = ApiKey.New();

    public static string OperatorKey { get; } = ApiKey.New();

    /// <summary>Nobody is trusted for where the request comes from, as behind the Azure Functions host.</summary>
    public static Dictionary<string, string?> Settings => new()
    {
        ["Access:TrustLoopback"] = "false",
        ["Access:Keys:dashboard:Hash"] = ApiKey.HashOf(ReaderKey),
        ["Access:Keys:hightouch:Hash"] = ApiKey.HashOf(OperatorKey),
        ["Access:Keys:hightouch:Role"] = "operator",
        [SignedInCallers.PlatformSetting] = "True",
        ["Access:Entra:Enabled"] = "true",
        ["Access:Entra:TenantId"] = Tenant,
        ["Access:Roles:Reader:0"] = "Sync.Read",
        ["Access:Roles:Operator:0"] = OperatorGroup,
        ["Access:Roles:Approver:0"] = "Sync.Approve",
    };

    public static Task<TestApp> StartAsync(params (string Key, string? Value)[] settings)
    {
        var all = Settings;
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return TestApp.StartAsync(companies: 30, settings: all, host: options =>
        {
            options.ClockJump = null;
            options.Listen = new Uri("http://127.0.0.1:0");
        });
    }

    /// <summary>A caller with a header of its own; none for somebody without credentials.</summary>
    public static HttpClient Caller(this TestApp app, params (string Name, string Value)[] headers)
    {
        var http = new HttpClient { BaseAddress = app.Host.Url, Timeout = TimeSpan.FromSeconds(60) };
        foreach (var (name, value) in headers)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return http;
    }

    public static HttpClient Reader(this TestApp app) => app.Caller((RequestAuthorizer.KeyHeader, ReaderKey));

    public static HttpClient Operator(this TestApp app) => app.Caller((RequestAuthorizer.KeyHeader, OperatorKey));

    public static HttpClient Approver(this TestApp app) => app.SignedIn(("preferred_username", "ada@example.vc"), ("roles", "Sync.Approve"));

    /// <summary>Somebody whom the platform has signed in, with these claims besides the tenant.</summary>
    public static HttpClient SignedIn(this TestApp app, params (string Type, string Value)[] claims) =>
        app.Caller((RequestAuthorizer.PrincipalHeader, Principal([("tid", Tenant), .. claims])));

    public static string Principal(IEnumerable<(string Type, string Value)> claims, string provider = "aad") => Base64(JsonSerializer.Serialize(new
    {
        auth_typ = provider,
        name_typ = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        role_typ = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
        claims = claims.Select(claim => new { typ = claim.Type, val = claim.Value }),
    }));

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>Code of an error answer, which is problem details.</summary>
    public static async Task<string?> CodeAsync(this HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var details = await answer.JsonAsync();
        Assert.Equal((int)answer.StatusCode, details.GetProperty("status").GetInt32());
        return details.GetProperty("code").GetString();
    }

    /// <summary>The body, which can be read again.</summary>
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer) => JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
}
