using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

public sealed class ListTests
{
    [Fact]
    [Proves("LIST-1", "LIST-4", "LIST-21", "LIST-23")]
    public async Task Lists_have_the_documented_shape()
    {
        await using var sim = await Sim.StartAsync();
        var list = (await sim.GetAsync("v2/lists")).Data.Single()!;
        Assert.Equal(
            """{"id":101,"name":"Portfolio","type":"company","creatorId":21,"ownerId":21,"isPublic":true,"createdAt":"2026-01-05T10:00:00Z"}""",
            list.ToJsonString());
        Assert.Equal(list.ToJsonString(), (await sim.GetAsync("v2/lists/101")).Body);
    }

    [Fact]
    [Proves("LIST-2")]
    public async Task Term_finds_a_part_of_the_name_in_any_case()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Tenant.AddList("Deals", ListType.Opportunity);
        Assert.Equal("Deals", (string)(await sim.GetAsync("v2/lists?term=EAL")).Data.Single()!["name"]!);
        Assert.Empty((await sim.GetAsync("v2/lists?term=zzz")).Data);
    }

    [Fact]
    [Proves("LIST-5", "META-1", "META-2", "META-19", "META-25")]
    public async Task Fields_show_metadata_ordered_by_id_with_those_of_the_companies()
    {
        await using var sim = await Sim.StartAsync();
        var fields = (await sim.GetAsync("v2/lists/101/fields")).Data;
        var ids = fields.Select(field => (string)field!["id"]!).ToArray();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(19, ids.Length);
        Assert.Equal(
            """{"id":"dealroom-number-of-employees","name":"Employees","description":null,"type":"enriched","enrichmentSource":"dealroom","valueType":"number","isRequired":false,"createdAt":null}""",
            fields[0]!.ToJsonString());
        Assert.Equal("relationship-intelligence", (string)fields.Single(field => (string)field!["id"]! == "last-email")!["type"]!);
        Assert.Equal("2026-01-05T10:00:00Z", (string)fields[1]!["createdAt"]!);
    }

    [Fact]
    [Proves("PAGE-2", "PAGE-3", "PAGE-4", "QUERY-4", "QUERY-9")]
    public async Task Fields_are_paged_and_their_types_cannot_be_filtered()
    {
        await using var sim = await Sim.StartAsync();
        var first = await sim.GetAsync("v2/lists/101/fields?limit=18&fieldTypes=global&anything=1");
        Assert.Equal(18, first.Data.Count);
        var next = (string)first.Json["pagination"]!["nextUrl"]!;
        Assert.StartsWith(sim.Server.BaseAddress.ToString(), next, StringComparison.Ordinal);
        Assert.Contains("fieldTypes=global", next, StringComparison.Ordinal);
        var second = await sim.GetAsync(next);
        Assert.Single(second.Data);
        Assert.Null(second.Json["pagination"]!["nextUrl"]);
    }

    [Theory]
    [Proves("META-22", "META-23", "QUERY-13", "QUERY-14", "QUERY-19", "QUERY-20")]
    [InlineData("name=Note", "Note")]
    [InlineData("name=~oTe", "Note")]
    [InlineData("name = \"Last Email\"", "Last Email")]
    [InlineData("name=Last\\ Email", "Last Email")]
    [InlineData("name=note", null)]
    public async Task The_filter_knows_the_name_alone(string filter, string? found)
    {
        await using var sim = await Sim.StartAsync();
        var fields = (await sim.GetAsync($"v2/lists/101/fields?filter={Uri.EscapeDataString(filter)}")).Data;
        Assert.Equal(found is null ? [] : [found], fields.Select(field => (string)field!["name"]!));
    }

    [Theory]
    [Proves("META-22")]
    [InlineData("type=list")]
    [InlineData("name>A")]
    [InlineData("name=A|name=B")]
    [InlineData("name=")]
    public async Task Any_other_filter_answers_400(string filter)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync($"v2/lists/101/fields?filter={Uri.EscapeDataString(filter)}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("filter", (string)answer.Error["param"]!);
    }

    [Fact]
    [Proves("META-23")]
    public async Task Contains_can_be_made_to_heed_case()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Behavior.NameFilterIgnoresCase = false;
        Assert.Empty((await sim.GetAsync("v2/lists/101/fields?filter=name%3D~oTe")).Data);
    }

    [Fact]
    [Proves("LIST-8", "OPT-1", "OPT-2")]
    public async Task Options_carry_id_text_and_type_and_ranked_ones_rank_and_color()
    {
        var account = new Account();
        await using var sim = await Sim.StartAsync(account: account);
        var plain = (await sim.GetAsync($"v2/lists/101/fields/{account.Stage.Id}/dropdown-options")).Data;
        Assert.Equal(
            $$"""{"id":{{account.Stage.Options[0].Id}},"text":"Seed","type":"dropdown"}""", plain[0]!.ToJsonString());
        var ranked = (await sim.GetAsync($"v2/lists/101/fields/{account.Status.Id}/dropdown-options?limit=1")).Data;
        Assert.Equal(
            $$"""{"id":{{account.Status.Options[0].Id}},"text":"New","type":"ranked-dropdown","rank":0,"color":null}""", ranked.Single()!.ToJsonString());
    }

    [Theory]
    [Proves("VER-1", "VER-13", "VER-20")]
    [InlineData("2024-01-01", "ranked-dropdown", null)]
    [InlineData("2026-07-15", "status-dropdown", "open")]
    [InlineData("2026-09-17", "status-dropdown", "open")]
    public async Task Status_options_look_like_ranked_ones_in_the_oldest_version(string version, string type, string? category)
    {
        var account = new Account();
        account.Tenant.AddOption(account.Status, new DropdownOption(0, "Diligence") { StatusCategory = "open", WinRate = 40 });
        await using var sim = await Sim.StartAsync(account: account);
        var option = (await sim.GetAsync($"v2/lists/101/fields/{account.Status.Id}/dropdown-options", version)).Data[2]!;
        Assert.Equal(type, (string)option["type"]!);
        Assert.Equal(category, (string?)option["statusCategory"]);
    }

    [Fact]
    public async Task Options_of_a_field_that_has_none_answer_400()
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.GetAsync($"v2/lists/101/fields/{sim.Account.Arr.Id}/dropdown-options")).Status);
    }

    [Theory]
    [Proves("ERR-24", "QUERY-12", "QUIRK-16")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("cursor=bm9uc2Vuc2U", "cursor")]
    [InlineData("cursor=%25", "cursor")]
    [InlineData("fieldTypes=list-specific", "fieldTypes")]
    [InlineData("fieldIds=field-77", "fieldIds")]
    public async Task Illegal_values_of_known_parameters_answer_400(string query, string param)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.GetAsync($"v2/lists/101/list-entries?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("validation", (string)answer.Error["code"]!);
        Assert.Equal(param, (string)answer.Error["param"]!);
    }

    [Fact]
    public async Task A_person_list_shows_persons_and_person_fields()
    {
        var account = new Account();
        var title = account.Tenant.AddPersonField("Title", FieldValueType.Text);
        var list = account.Tenant.AddList("People", ListType.Person);
        list.AddEntry(account.Tenant.AddPerson("Grace", "Hopper", "grace@navy.example").Set(title, "Admiral"));
        await using var sim = await Sim.StartAsync(account: account);
        var entry = (await sim.GetAsync($"v2/lists/{list.Id}/list-entries?fieldIds={title.Id}")).Data.Single()!;
        Assert.Equal("person", (string)entry["type"]!);
        Assert.Equal("grace@navy.example", (string)entry["entity"]!["primaryEmailAddress"]!);
        Assert.Equal("Admiral", (string)entry["entity"]!["fields"]![0]!["value"]!["data"]!);
    }
}
