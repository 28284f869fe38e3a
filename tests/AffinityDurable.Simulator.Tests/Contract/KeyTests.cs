using System.Net;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class KeyTests
{
    [Theory]
    [Proves("AUTH-1")]
    [InlineData("v2/lists", HttpStatusCode.OK)]
    [InlineData("lists", HttpStatusCode.NotFound)]
    [InlineData("v3/lists", HttpStatusCode.NotFound)]
    public async Task Paths_begin_with_v2(string path, HttpStatusCode status)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(status, (await sim.GetAsync(path)).Status);
    }

    [Theory]
    [Proves("AUTH-3", "AUTH-7", "AUTH-8")]
    [InlineData("Bearer simulated-affinity-key", HttpStatusCode.OK)]
    [InlineData("bearer simulated-affinity-key", HttpStatusCode.OK)]
    [InlineData("simulated-affinity-key", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer simulated-affinity-kex", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task The_key_comes_as_a_bearer(string? header, HttpStatusCode status)
    {
        await using var sim = await Sim.StartAsync();
        using var client = sim.ClientFor(null);
        if (header is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        }

        using var response = await client.GetAsync("v2/auth/whoami");
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    [Proves("AUTH-10")]
    public async Task A_user_may_hold_several_keys()
    {
        var account = new Account();
        var ada = account.Tenant.ApiKeys.First().User;
        account.Tenant.AddApiKey("second", ada);
        await using var sim = await Sim.StartAsync(account: account);
        using var second = sim.ClientFor("second");
        using var response = await second.GetAsync("v2/auth/whoami");
        Assert.Equal(ada.Id, (long)(await Answer.OfAsync(response)).Json["user"]!["id"]!);
        Assert.Equal(ada.Id, (long)(await sim.GetAsync("v2/auth/whoami")).Json["user"]!["id"]!);
    }

    [Fact]
    [Proves("WHO-1", "WHO-3")]
    public async Task Whoami_names_the_user_whose_last_name_may_be_null()
    {
        var account = new Account();
        account.Tenant.AddApiKey("grace", account.Tenant.AddUser("Grace", null, "grace@example.vc"));
        await using var sim = await Sim.StartAsync(account: account);
        using var grace = sim.ClientFor("grace");
        using var response = await grace.GetAsync("v2/auth/whoami");
        var json = (await Answer.OfAsync(response)).Json;
        Assert.Equal(["tenant", "user", "grant"], json.AsObject().Select(property => property.Key));
        Assert.Equal("""{"id":22,"firstName":"Grace","lastName":null,"emailAddress":"grace@example.vc"}""", json["user"]!.ToJsonString());
        Assert.Equal("Lovelace", (string)(await sim.GetAsync("v2/auth/whoami")).Json["user"]!["lastName"]!);
    }
}
