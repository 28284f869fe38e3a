using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class VersionTests
{
    private const string First = "2024-01-01";
    private const string Second = "2026-07-15";
    private const string Third = "2026-09-17";

    [Fact]
    [Proves("VER-1", "VER-8")]
    public async Task A_next_url_without_the_header_answers_in_the_default_version_of_the_key()
    {
        var account = WithOpenStatus();
        account.Tenant.AddApiKey("old", account.Tenant.AddUser("Grace", null, "grace@example.vc"), First);
        await using var sim = await Sim.StartAsync(account: account);
        using var client = sim.ClientFor("old");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v2/lists/101/fields/{account.Status.Id}/dropdown-options?limit=2");
        request.Headers.Add("X-Affinity-Api-Version", Third);
        using var response = await client.SendAsync(request);
        var first = await Answer.OfAsync(response);
        using var followed = await client.GetAsync((string)first.Json["pagination"]!["nextUrl"]!);
        var second = await Answer.OfAsync(followed);
        Assert.Equal((Third, First), (first.Header("X-Affinity-Api-Version"), second.Header("X-Affinity-Api-Version")));
        Assert.Equal("ranked-dropdown", (string)second.Data.Single()!["type"]!);
    }

    [Theory]
    [Proves("VER-22")]
    [InlineData(First, HttpStatusCode.NotFound)]
    [InlineData(Second, HttpStatusCode.OK)]
    [InlineData(Third, HttpStatusCode.OK)]
    public async Task Rate_limit_came_with_the_second_version(string version, HttpStatusCode status)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(status, (await sim.GetAsync("v2/rate-limit", version)).Status);
    }

    [Theory]
    [Proves("VER-26")]
    [InlineData(First, HttpStatusCode.NotFound)]
    [InlineData(Second, HttpStatusCode.NotFound)]
    [InlineData(Third, HttpStatusCode.OK)]
    public async Task Values_came_with_the_third_version(string version, HttpStatusCode status)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(status, (await sim.GetAsync($"{sim.EntryPath}/fields/{sim.Account.Tags.Id}/values", version)).Status);
    }

    [Theory]
    [Proves("VER-13", "VER-19", "VER-20")]
    [InlineData(First, "ranked-dropdown", false)]
    [InlineData(Second, "status-dropdown", true)]
    [InlineData(Third, "status-dropdown", true)]
    public async Task Status_options_have_a_type_and_a_win_rate_of_their_own_since_the_second_version(string version, string type, bool showsWinRate)
    {
        await using var sim = await Sim.StartAsync(account: WithOpenStatus());
        var option = (await sim.GetAsync($"v2/lists/101/fields/{sim.Account.Status.Id}/dropdown-options", version)).Data[2]!.AsObject();
        Assert.Equal(type, (string)option["type"]!);
        Assert.Equal(showsWinRate ? 40 : null, (int?)option["winRate"]);
        Assert.Equal(showsWinRate, option.ContainsKey("winRate"));
    }

    [Theory]
    [Proves("VER-23")]
    [InlineData(First, false)]
    [InlineData(Second, false)]
    [InlineData(Third, true)]
    public async Task Lists_notes_and_reminders_are_values_since_the_third_version(string version, bool isShown)
    {
        var account = new Account();
        account.Tenant.AddCompanyField("Lists", FieldValueType.ListMulti, id: "lists");
        account.Tenant.AddCompanyField("Notes", FieldValueType.Note, id: "notes");
        account.Tenant.AddCompanyField("Reminders", FieldValueType.Reminder, id: "reminders");
        string[] expected = isShown ? ["lists", "notes", "reminders"] : [];
        await using var sim = await Sim.StartAsync(account: account);
        foreach (var path in (string[])["v2/lists/101/fields", "v2/companies/fields"])
        {
            Assert.Equal(expected, Slugs((await sim.GetAsync(path, version)).Data));
        }

        var global = await sim.GetAsync($"{sim.EntryPath}?fieldTypes=global", version);
        Assert.Equal(expected, Slugs(global.Json["entity"]!["fields"]!.AsArray()));
        Assert.Equal(expected, Slugs((await sim.GetAsync("v2/companies/500001?fieldTypes=global", version)).Json["fields"]!.AsArray()));
        Assert.Equal(expected, Slugs((await sim.GetAsync("v2/companies/500001/list-entries", version)).Data[0]!["fields"]!.AsArray()));
        var one = await sim.GetAsync($"{sim.EntryPath}/fields/notes", version);
        Assert.Equal(isShown ? HttpStatusCode.OK : HttpStatusCode.NotFound, one.Status);
    }

    [Theory]
    [Proves("ERR-8", "SHAPE-21", "VER-15", "VER-16", "VER-17")]
    [InlineData(First, """{"type":"number","data":5}""", HttpStatusCode.OK)]
    [InlineData(Second, """{"type":"hidden","data":null}""", HttpStatusCode.Forbidden)]
    [InlineData(Third, """{"type":"hidden","data":null}""", HttpStatusCode.Forbidden)]
    public async Task Restricted_opportunities_are_hidden_and_refuse_writes_since_the_second_version(string version, string value, HttpStatusCode written)
    {
        var account = new Account();
        var list = account.Tenant.AddList("Deals", ListType.Opportunity);
        var size = list.Number("Size");
        var entry = list.AddOpportunity("Secret").Set(size, 5);
        entry.IsRestricted = true;
        await using var sim = await Sim.StartAsync(account: account);
        var path = $"v2/lists/{list.Id}/list-entries/{entry.Id}";
        var field = (await sim.GetAsync($"{path}/fields/{size.Id}", version)).Json;
        Assert.Equal((size.Id, "Size", "list"), ((string)field["id"]!, (string)field["name"]!, (string)field["type"]!));
        Assert.Equal(value, field["value"]!.ToJsonString());
        Assert.Equal(value, (await sim.GetAsync($"{path}?fieldTypes=list", version)).Json["entity"]!["fields"]![0]!["value"]!.ToJsonString());
        var patch = await sim.SendAsync(HttpMethod.Patch, $"{path}/fields", $$"""{"operation":"update-fields","updates":[{{size.To("6")}}]}""", version);
        Assert.Equal(written, patch.Status);
        var post = await sim.SendAsync(HttpMethod.Post, $"{path}/fields/{size.Id}", $$$"""{"value":{{{size.Value("7")}}}}""", version);
        Assert.Equal(written == HttpStatusCode.OK ? HttpStatusCode.NoContent : written, post.Status);
        Assert.Equal(written == HttpStatusCode.OK ? 7.0 : 5.0, entry.Get(size));
        Assert.True(written == HttpStatusCode.OK || (string)patch.Error["code"]! == "authorization");
    }

    [Fact]
    [Proves("VER-27")]
    public async Task Metadata_always_has_a_description_and_says_what_is_required()
    {
        var account = new Account();
        account.List.AddField("Owner since", FieldValueType.Datetime, traits: new() { IsRequired = true, Description = "The day" });
        await using var sim = await Sim.StartAsync(account: account);
        var fields = (await sim.GetAsync("v2/lists/101/fields", Third)).Data;
        Assert.All(fields, field => Assert.True(field!.AsObject().ContainsKey("description") && field["isRequired"] is not null));
        Assert.Equal("The day", (string)fields.Single(field => (bool)field!["isRequired"]!)!["description"]!);
    }

    private static Account WithOpenStatus()
    {
        var account = new Account();
        account.Tenant.AddOption(account.Status, new DropdownOption(0, "Diligence") { StatusCategory = "open", WinRate = 40 });
        return account;
    }

    private static IEnumerable<string> Slugs(System.Text.Json.Nodes.JsonArray fields) =>
        fields.Select(field => (string)field!["id"]!).Where(id => id is "lists" or "notes" or "reminders");
}
