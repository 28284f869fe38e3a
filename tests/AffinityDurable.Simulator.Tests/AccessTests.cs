using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

public sealed class AccessTests
{
    [Fact]
    [Proves("AUTH-7", "ERR-7", "VER-3")]
    public async Task A_request_without_a_key_answers_401_authentication()
    {
        await using var sim = await Sim.StartAsync();
        using var stranger = sim.ClientFor(null);
        using var response = await stranger.GetAsync("v2/lists");
        var answer = await Answer.OfAsync(response);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("authentication", (string)answer.Error["code"]!);
        Assert.Null(answer.Error["param"]);
        Assert.Equal("2026-09-17", answer.Header("X-Affinity-Api-Version"));
        Assert.Equal("900", answer.Header("x-ratelimit-limit-user"));
    }

    [Theory]
    [Proves("AUTH-4", "AUTH-8")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic OnNpbXVsYXRlZC1hZmZpbml0eS1rZXk=")]
    [InlineData("Bearer")]
    public async Task Wrong_keys_and_other_schemes_answer_401(string header)
    {
        await using var sim = await Sim.StartAsync();
        using var client = sim.ClientFor(null);
        client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(header);
        using var response = await client.GetAsync("v2/lists");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    [Proves("AUTH-11")]
    public async Task A_revoked_key_answers_401_while_another_still_works()
    {
        var account = new Account();
        account.Tenant.AddApiKey("second", account.Tenant.AddUser("Grace", null, "grace@example.vc"));
        await using var sim = await Sim.StartAsync(account: account);
        using var second = sim.ClientFor("second");
        account.Tenant.RevokeApiKey(Model.Tenant.DefaultApiKey);
        Assert.Equal(HttpStatusCode.Unauthorized, (await sim.GetAsync("v2/lists")).Status);
        using var response = await second.GetAsync("v2/lists");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    [Proves("WHO-1", "WHO-2", "WHO-4", "WHO-5")]
    public async Task Whoami_names_tenant_user_and_grant()
    {
        await using var sim = await Sim.StartAsync();
        var json = (await sim.GetAsync("v2/auth/whoami")).Json;
        Assert.Equal("""{"id":11,"name":"Example VC","subdomain":"examplevc"}""", json["tenant"]!.ToJsonString());
        Assert.Equal("ada@example.vc", (string)json["user"]!["emailAddress"]!);
        Assert.Equal("""{"type":"api-key","scopes":["api"],"createdAt":"2026-01-05T10:00:00Z"}""", json["grant"]!.ToJsonString());
    }

    [Theory]
    [Proves("VER-1", "VER-2", "VER-3", "VER-5", "VER-10")]
    [InlineData(null, "2026-09-17")]
    [InlineData("current", "2026-09-17")]
    [InlineData("2026-07-15", "2026-07-15")]
    [InlineData("2024-01-01", "2024-01-01")]
    public async Task Every_response_echoes_the_version_that_answered(string? asked, string answered)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(answered, (await sim.SendAsync(HttpMethod.Get, "v2/lists", version: asked)).Header("X-Affinity-Api-Version"));
        Assert.Equal(answered, (await sim.SendAsync(HttpMethod.Get, "v2/nothing", version: asked)).Header("X-Affinity-Api-Version"));
    }

    [Fact]
    [Proves("VER-4")]
    public async Task Without_a_version_header_the_default_of_the_key_answers()
    {
        var account = new Account();
        account.Tenant.AddApiKey("old", account.Tenant.AddUser("Grace", null, "grace@example.vc"), "2024-01-01");
        await using var sim = await Sim.StartAsync(account: account);
        using var client = sim.ClientFor("old");
        using var response = await client.GetAsync("v2/lists");
        Assert.Equal("2024-01-01", response.Headers.GetValues("X-Affinity-Api-Version").Single());
    }

    [Fact]
    [Proves("VER-6", "VER-7")]
    public async Task An_unsupported_version_answers_400_and_names_the_header()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync("v2/lists", "2027-01-01");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            """{"code":"validation","message":"The provided version: '2027-01-01' is not valid.","param":"X-Affinity-Api-Version"}""",
            answer.Error.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.NotNull(answer.Header("X-Affinity-Api-Version"));
        Assert.NotNull(answer.Header("x-ratelimit-limit-user-remaining"));
    }

    [Theory]
    [Proves("ERR-9", "ERR-19")]
    [InlineData("v2/nothing")]
    [InlineData("v2/lists/101/nothing")]
    [InlineData("")]
    [InlineData("v1/lists")]
    public async Task Unknown_paths_answer_404_in_the_envelope(string path)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("not-found", (string)answer.Error["code"]!);
    }

    [Theory]
    [Proves("ERR-10", "LIST-16")]
    [InlineData("DELETE", "v2/lists/101/list-entries/9000001")]
    [InlineData("PUT", "v2/lists/101/list-entries/9000001/fields")]
    [InlineData("PATCH", "v2/lists")]
    public async Task A_wrong_verb_answers_405_in_the_envelope(string verb, string path)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SendAsync(new HttpMethod(verb), path);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal("method-not-allowed", (string)answer.Error["code"]!);
    }

    [Fact]
    public async Task A_body_that_is_not_declared_as_json_answers_415()
    {
        await using var sim = await Sim.StartAsync();
        using var content = new StringContent("{}", Encoding.UTF8, "text/plain");
        using var response = await sim.Client.PatchAsync($"{sim.EntryPath}/fields", content);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [Proves("LIST-24")]
    [InlineData("v2/lists/abc", HttpStatusCode.BadRequest)]
    [InlineData("v2/lists/0", HttpStatusCode.BadRequest)]
    [InlineData("v2/lists/9007199254740992", HttpStatusCode.BadRequest)]
    [InlineData("v2/lists/9007199254740991", HttpStatusCode.NotFound)]
    [InlineData("v2/lists/999", HttpStatusCode.NotFound)]
    [InlineData("v2/lists/101/list-entries/1", HttpStatusCode.NotFound)]
    [InlineData("v2/lists/101/fields/field-9/dropdown-options", HttpStatusCode.NotFound)]
    [InlineData("v2/companies/1", HttpStatusCode.NotFound)]
    public async Task Ids_out_of_range_answer_400_and_unknown_ids_404(string path, HttpStatusCode status)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(status, (await sim.GetAsync(path)).Status);
    }
}
