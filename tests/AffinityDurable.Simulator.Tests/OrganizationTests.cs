using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

/// <summary>The older API beside v2.</summary>
public sealed class OrganizationTests
{
    [Theory]
    [InlineData("acm", new[] { "Acme" })]
    [InlineData("ACME.IO", new[] { "Acme" })]
    [InlineData("birch", new[] { "Birch", "Birchwood" })]
    [InlineData("nobody", new string[0])]
    [Proves("ENT-37", "ENT-38")]
    public async Task A_term_finds_parts_of_names_and_of_all_domains_also_outside_the_account(string term, string[] expected)
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Tenant.AddDirectoryCompany("Birchwood", ["wood.example"]);
        var found = (await sim.GetAsync($"organizations?term={term}")).Json["organizations"]!.AsArray();
        Assert.Equal(expected, found.Select(company => (string)company!["name"]!));
    }

    [Fact]
    [Proves("ENT-38")]
    public async Task Without_a_term_only_the_account_is_searched_and_v2_never_shows_the_directory()
    {
        await using var sim = await Sim.StartAsync();
        var outside = sim.Account.Tenant.AddDirectoryCompany("Birchwood", ["wood.example"]);
        Assert.Equal(2, (await sim.GetAsync("organizations")).Json["organizations"]!.AsArray().Count);
        Assert.Equal(2, (await sim.GetAsync("v2/companies")).Data.Count);
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync($"v2/companies/{outside.Id}")).Status);
    }

    [Fact]
    [Proves("PAGE-28")]
    public async Task Pages_hold_500_and_go_on_by_token()
    {
        await using var sim = await Sim.StartAsync();
        for (var n = 0; n < 510; n++)
        {
            sim.Account.Tenant.AddCompany($"Company {n}");
        }

        var first = (await sim.GetAsync("organizations?term=company")).Json;
        Assert.Equal(500, first["organizations"]!.AsArray().Count);
        var rest = (await sim.GetAsync($"organizations?term=company&page_token={Uri.EscapeDataString((string)first["next_page_token"]!)}")).Json;
        Assert.Equal(10, rest["organizations"]!.AsArray().Count);
        Assert.Null(rest["next_page_token"]);
        Assert.Equal(422, (int)(await sim.GetAsync("organizations?page_size=501")).Status);
    }

    [Fact]
    [Proves("VER-9")]
    public async Task It_knows_no_versions()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync("organizations?term=acme", version: "1999-01-01");
        Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.Header("X-Affinity-Api-Version")));
    }

    [Theory]
    [InlineData(true, ":simulated-affinity-key", 200)]
    [InlineData(true, "ada:simulated-affinity-key", 401)]
    [InlineData(true, ":wrong", 401)]
    [InlineData(false, ":simulated-affinity-key", 401)]
    [Proves("AUTH-5")]
    public async Task It_takes_the_key_as_the_password_of_basic_where_switched_so(bool takesBasic, string credentials, int status)
    {
        await using var sim = await Sim.StartAsync(new() { Behavior = new() { V1TakesBasic = takesBasic } });
        sim.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        Assert.Equal(status, (int)(await sim.GetAsync("organizations?term=acme")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await sim.GetAsync("v2/lists")).Status);
    }

    [Fact]
    [Proves("AUTH-6", "LIM-3", "LIM-6")]
    public async Task It_takes_bearer_keys_and_shares_minute_and_month_with_v2()
    {
        await using var sim = await Sim.StartAsync(new() { CallsPerMonth = 10 });
        var old = await sim.GetAsync("organizations?term=acme");
        Assert.Equal(("899", "9"), (old.Header("x-ratelimit-limit-user-remaining"), old.Header("x-ratelimit-limit-org-remaining")));
        var current = await sim.GetAsync("v2/lists");
        Assert.Equal(("898", "8"), (current.Header("x-ratelimit-limit-user-remaining"), current.Header("x-ratelimit-limit-org-remaining")));
    }

    [Fact]
    public async Task It_creates_nothing_here()
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await sim.SendAsync(HttpMethod.Post, "organizations", """{"name":"New"}""")).Status);
    }
}
