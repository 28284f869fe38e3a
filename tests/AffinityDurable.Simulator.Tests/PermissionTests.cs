using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

public sealed class PermissionTests
{
    private const string Update = """{"operation":"update-fields","updates":[{"id":"field-1001","value":{"type":"number","data":1}}]}""";
    private const string Entry = "v2/lists/101/list-entries/9000001";

    [Theory]
    [InlineData(Permissions.ExportLists, "GET", "v2/lists/101/list-entries", null)]
    [InlineData(Permissions.ExportLists, "PATCH", $"{Entry}/fields", Update)]
    [InlineData(Permissions.ExportLists, "POST", $"{Entry}/fields/field-1001", """{"value":{"type":"number","data":1}}""")]
    [InlineData(Permissions.ExportOrganizations, "GET", "v2/companies", null)]
    [InlineData(Permissions.ExportPeople, "GET", "v2/persons", null)]
    [Proves("PERM-1", "PERM-4", "PERM-5", "PERM-9", "PERM-12", "PERM-17")]
    public async Task Without_its_permission_a_call_answers_403_and_changes_nothing(Permissions needed, string method, string path, string? body)
    {
        await using var sim = await Sim.StartAsync();
        var user = sim.Account.Tenant.AddUser("Grace", null, "grace@example.vc");
        sim.Account.Tenant.AddApiKey("all-but-one", user, permissions: Permissions.All & ~needed);
        sim.Account.Tenant.AddApiKey("just-one", user, permissions: needed);

        var refused = await sim.SendAsync(HttpMethod.Parse(method), path, body, key: "all-but-one");
        Assert.Equal((HttpStatusCode.Forbidden, "authorization"), (refused.Status, (string)refused.Error["code"]!));
        Assert.Equal(0, sim.Server.Counters.StoredUpdates);
        Assert.True((int)(await sim.SendAsync(HttpMethod.Parse(method), path, body, key: "just-one")).Status < 300);
    }

    [Theory]
    [InlineData(Entry)]
    [InlineData($"{Entry}/fields")]
    [InlineData($"{Entry}/fields/field-1001")]
    [InlineData("v2/companies/500001")]
    [InlineData("v2/companies/500001/list-entries")]
    [InlineData("v2/persons/21/list-entries")]
    [InlineData("v2/lists")]
    [InlineData("v2/lists/101/fields")]
    [Proves("PERM-6", "PERM-7", "PERM-8", "PERM-11")]
    public async Task Reading_one_thing_needs_no_permission(string path)
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Tenant.AddApiKey("none", sim.Account.Tenant.AddUser("Grace", null, "grace@example.vc"), permissions: Permissions.None);
        Assert.Equal(HttpStatusCode.OK, (await sim.SendAsync(HttpMethod.Get, path, key: "none")).Status);
    }

    [Fact]
    [Proves("PERM-18")]
    public async Task A_list_that_is_not_shared_with_the_user_is_not_there()
    {
        await using var sim = await Sim.StartAsync();
        var tenant = sim.Account.Tenant;
        var (grace, bob) = (tenant.AddUser("Grace", null, "grace@example.vc"), tenant.AddUser("Bob", null, "bob@example.vc"));
        tenant.AddApiKey("grace", grace);
        tenant.AddApiKey("bob", bob);
        var secret = tenant.AddList("Secret", isPublic: false, owner: grace);
        var entry = secret.AddEntry(sim.Account.Acme);

        foreach (var (key, isSeen) in new[] { ("grace", true), ("bob", false), (sim.Server.ApiKey, false) })
        {
            await AssertSeenAsync(sim, key, secret, entry, isSeen);
        }

        secret.ShareWith(bob);
        await AssertSeenAsync(sim, "bob", secret, entry, isSeen: true);
    }

    private static async Task AssertSeenAsync(Sim sim, string key, AffinityList list, ListEntry entry, bool isSeen)
    {
        var status = isSeen ? HttpStatusCode.OK : HttpStatusCode.NotFound;
        foreach (var path in new[] { "", "/fields", "/list-entries", $"/list-entries/{entry.Id}", $"/list-entries/{entry.Id}/fields" })
        {
            Assert.Equal(status, (await sim.SendAsync(HttpMethod.Get, $"v2/lists/{list.Id}{path}", key: key)).Status);
        }

        var lists = (await sim.SendAsync(HttpMethod.Get, "v2/lists", key: key)).Data.Select(each => (string)each!["name"]!);
        Assert.Equal(isSeen, lists.Contains("Secret"));
        var entries = (await sim.SendAsync(HttpMethod.Get, $"v2/companies/{entry.Entity.Id}/list-entries", key: key)).Data;
        Assert.Equal(isSeen, entries.Any(each => (long)each!["listId"]! == list.Id));
    }
}
