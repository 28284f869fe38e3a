using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

public sealed class EntryReadTests
{
    [Fact]
    [Proves("ENTRY-1", "ENTRY-2", "ENTRY-3", "ENTRY-10", "ENTRY-11", "ENTRY-12", "LIST-9")]
    public async Task An_entry_has_the_documented_shape()
    {
        var account = new Account();
        account.Entry.Set(account.Stage, "Seed");
        await using var sim = await Sim.StartAsync(account: account);
        var entry = (await sim.GetAsync($"v2/lists/101/list-entries?fieldIds={account.Stage.Id}&fieldIds={account.Tags.Id}")).Data[0]!;
        var option = account.Stage.Options[0].Id;
        Assert.Equal(
            $$$$"""{"id":9000001,"type":"company","listId":101,"createdAt":"2026-01-05T10:00:00Z","creatorId":null,"entity":{"id":500001,"name":"Acme","domain":"acme.com","domains":["acme.com","acme.io"],"isGlobal":true,"fields":[{"id":"field-1004","name":"Stage","type":"list","enrichmentSource":null,"value":{"type":"dropdown","data":{"dropdownOptionId":{{{{option}}}},"text":"Seed"}}},{"id":"field-1006","name":"Tags","type":"list","enrichmentSource":null,"value":{"type":"dropdown-multi","data":null,"totalCount":0}}]}}""",
            entry.ToJsonString());
    }

    [Fact]
    [Proves("ENTRY-4", "ENTRY-5", "ENTRY-6", "QUIRK-1")]
    public async Task Values_are_absent_unless_asked_for()
    {
        await using var sim = await Sim.StartAsync();
        Assert.False((await sim.GetAsync("v2/lists/101/list-entries")).Data[0]!["entity"]!.AsObject().ContainsKey("fields"));
        Assert.False((await sim.GetAsync(sim.EntryPath)).Json["entity"]!.AsObject().ContainsKey("fields"));
        sim.Server.Behavior.ShowsEmptyFields = true;
        Assert.Empty((await sim.GetAsync("v2/lists/101/list-entries")).Data[0]!["entity"]!["fields"]!.AsArray());
        Assert.Empty((await sim.GetAsync(sim.EntryPath)).Json["entity"]!["fields"]!.AsArray());
    }

    [Fact]
    [Proves("ENTRY-7", "QUERY-1")]
    public async Task Field_types_choose_whole_groups()
    {
        await using var sim = await Sim.StartAsync();
        var fields = (await sim.GetAsync($"{sim.EntryPath}?fieldTypes=enriched&fieldTypes=global")).Json["entity"]!["fields"]!.AsArray();
        Assert.Equal(["Employees", "Sector"], fields.Select(field => (string)field!["name"]!));
    }

    [Fact]
    public async Task A_global_value_is_the_same_on_every_list()
    {
        var account = new Account();
        var second = account.Tenant.AddList("Second").AddEntry(account.Acme);
        await using var sim = await Sim.StartAsync(account: account);
        await sim.PatchAsync(account.Sector.To("\"Fintech\""));
        var read = await sim.GetAsync($"v2/lists/{second.List.Id}/list-entries/{second.Id}/fields/{account.Sector.Id}");
        Assert.Equal("Fintech", (string)read.Json["value"]!["data"]!);
    }

    [Fact]
    [Proves("ENTRY-21", "ENTRY-22")]
    public async Task A_company_may_be_on_a_list_twice_each_row_with_its_own_values()
    {
        var account = new Account();
        var twin = account.List.AddEntry(account.Acme);
        await using var sim = await Sim.StartAsync(account: account);
        await sim.PatchAsync(twin, account.Arr.To("7"));
        Assert.Null(account.Entry.Get(account.Arr));
        Assert.Equal(7.0, twin.Get(account.Arr));
    }

    [Fact]
    [Proves("PAGE-1", "PAGE-2", "PAGE-4")]
    public async Task Pages_follow_opaque_cursors_to_the_last_entry_and_back()
    {
        var tenant = TenantGenerator.Generate(new GeneratorSettings { Companies = 25, Fields = 2 });
        await using var server = await SimulatorServer.StartAsync(new(), tenant);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", server.ApiKey);
        var seen = new List<long>();
        var url = $"{server.BaseAddress}v2/lists/101/list-entries?limit=10&fieldTypes=list";
        string? previous = null;
        while (url is not null)
        {
            var json = JsonNode.Parse(await client.GetStringAsync(url))!;
            seen.AddRange(json["data"]!.AsArray().Select(entry => (long)entry!["id"]!));
            Assert.NotNull(json["data"]![0]!["entity"]!["fields"]);
            url = (string)json["pagination"]!["nextUrl"]!;
            previous = (string?)json["pagination"]!["prevUrl"];
        }

        Assert.Equal(tenant.Lists[0].Entries.Select(entry => entry.Id), seen);
        var back = JsonNode.Parse(await client.GetStringAsync(previous))!["data"]!.AsArray();
        Assert.Equal(seen[10..20], back.Select(entry => (long)entry!["id"]!));
    }

    [Fact]
    [Proves("PAGE-6")]
    public async Task Cursors_are_unpadded_base64_of_a_right_aligned_word_and_number()
    {
        await using var sim = await Sim.StartAsync();
        var next = (string)(await sim.GetAsync("v2/lists/101/fields?limit=4")).Json["pagination"]!["nextUrl"]!;
        var cursor = Uri.UnescapeDataString(next.Split("cursor=")[1].Split('&')[0]);
        Assert.DoesNotContain('=', cursor);
        Assert.Equal("       after:::4", Encoding.ASCII.GetString(Convert.FromBase64String(cursor.PadRight((cursor.Length + 3) / 4 * 4, '='))));
    }

    [Fact]
    public async Task Rows_added_and_removed_between_pages_shift_nothing()
    {
        var account = new Account();
        var third = account.List.AddEntry(account.Tenant.AddCompany("Cedar"));
        await using var sim = await Sim.StartAsync(account: account);
        var first = await sim.GetAsync("v2/lists/101/list-entries?limit=1");
        account.List.Remove(account.Entry);
        var fourth = account.List.AddEntry(account.Tenant.AddCompany("Dune"));
        var rest = await sim.GetAsync(((string)first.Json["pagination"]!["nextUrl"]!).Replace("limit=1", "limit=9", StringComparison.Ordinal));
        Assert.Equal([account.Other.Id, third.Id, fourth.Id], rest.Data.Select(entry => (long)entry!["id"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync(sim.EntryPath)).Status);
    }

    [Fact]
    [Proves("ENTRY-18", "LIST-11")]
    public async Task The_fields_of_an_entry_come_by_twenty()
    {
        var account = new Account();
        account.List.Text("One more");
        account.List.Text("And more");
        await using var sim = await Sim.StartAsync(account: account);
        var first = await sim.GetAsync($"{sim.EntryPath}/fields");
        Assert.Equal(20, first.Data.Count);
        Assert.Single((await sim.GetAsync((string)first.Json["pagination"]!["nextUrl"]!)).Data);
        Assert.Equal(21, (await sim.GetAsync($"{sim.EntryPath}/fields?limit=100")).Data.Count);
    }

    [Fact]
    [Proves("ENTRY-19")]
    public async Task The_fields_of_an_entry_are_chosen_by_ids_or_types()
    {
        await using var sim = await Sim.StartAsync();
        var (arr, note) = (sim.Account.Arr.Id, sim.Account.Note.Id);
        var byId = await sim.GetAsync($"{sim.EntryPath}/fields?ids={note}&ids={arr}");
        Assert.Equal([arr, note], byId.Data.Select(field => (string)field!["id"]!));
        var byType = await sim.GetAsync($"{sim.EntryPath}/fields?types=global");
        Assert.Equal(["Sector"], byType.Data.Select(field => (string)field!["name"]!));
    }

    [Fact]
    [Proves("ENTRY-13", "ENTRY-14", "LIST-13")]
    public async Task Multi_values_are_cut_at_a_hundred_and_the_rest_comes_from_values()
    {
        var account = new Account();
        string[] options = [.. Enumerable.Range(0, 130).Select(number => $"Option {number}")];
        account.Tags.WithOptions(account.Tenant, options);
        account.Entry.Set(account.Tags, options);
        await using var sim = await Sim.StartAsync(account: account);
        var value = await sim.ReadAsync(account.Tags);
        Assert.Equal(100, value["data"]!.AsArray().Count);
        Assert.Equal(130, (int)value["totalCount"]!);
        var first = await sim.GetAsync($"{sim.EntryPath}/fields/{account.Tags.Id}/values");
        var second = await sim.GetAsync((string)first.Json["pagination"]!["nextUrl"]!);
        Assert.Equal(options, first.Data.Concat(second.Data).Select(item => (string)item!["text"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync($"{sim.EntryPath}/fields/{account.Tags.Id}/values", "2026-07-15")).Status);
    }

    [Fact]
    public async Task Values_of_a_single_value_field_answer_400()
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.GetAsync($"{sim.EntryPath}/fields/{sim.Account.Arr.Id}/values")).Status);
    }

    [Fact]
    [Proves("QUIRK-11", "VER-15")]
    public async Task Restricted_opportunities_show_hidden_values_and_refuse_writes_except_in_the_oldest_version()
    {
        var account = new Account();
        var list = account.Tenant.AddList("Deals", ListType.Opportunity);
        var size = list.Number("Size");
        var entry = list.AddOpportunity("Secret").Set(size, 5);
        entry.IsRestricted = true;
        await using var sim = await Sim.StartAsync(account: account);
        var path = $"v2/lists/{list.Id}/list-entries/{entry.Id}?fieldIds={size.Id}";
        var entity = (await sim.GetAsync(path)).Json["entity"]!;
        Assert.Equal("[Hidden]", (string)entity["name"]!);
        Assert.Equal("""{"type":"hidden","data":null}""", entity["fields"]![0]!["value"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.Forbidden, (await sim.PatchAsync(entry, size.To("6"))).Status);
        Assert.Equal(5, (double)(await sim.GetAsync(path, "2024-01-01")).Json["entity"]!["fields"]![0]!["value"]!["data"]!);
    }

    [Fact]
    [Proves("ERR-8", "SHAPE-21")]
    public async Task A_single_field_can_be_hidden_on_any_list()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Entry.Set(sim.Account.Note, "secret").Hide(sim.Account.Note);
        Assert.Equal("hidden", (string)(await sim.ReadAsync(sim.Account.Note))["type"]!);
        Assert.Equal("number", (string)(await sim.ReadAsync(sim.Account.Arr))["type"]!);
        var answer = await sim.PatchAsync(sim.Account.Note.To("\"x\""));
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("authorization", (string)answer.Error["code"]!);
    }
}
