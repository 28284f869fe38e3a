using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

public sealed class DropdownOptionTests
{
    private const string NoWinRate = "Only open options have a win rate.";

    [Fact]
    [Proves("OPT-7", "OPT-9", "OPT-13")]
    public async Task A_new_option_is_answered_and_can_be_written_at_once()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await CreateAsync(sim, sim.Account.Stage, """{"type":"dropdown","text":"Series B"}""");
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var id = (long)answer.Json["id"]!;
        Assert.Equal($$"""{"id":{{id}},"text":"Series B","type":"dropdown"}""", answer.Body);
        Assert.Equal(answer.Body, (await sim.GetAsync(PathOf(sim.Account.Stage, id))).Body);
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Stage.To($$"""{"dropdownOptionId":{{id}}}"""))).Status);
        Assert.Equal("Series B", sim.Account.Entry.Get(sim.Account.Stage));
    }

    [Theory]
    [InlineData("""{"type":"ranked-dropdown","text":"Hot","rank":7,"color":"red"}""", "\"rank\":7,\"color\":\"red\"")]
    [InlineData("""{"type":"ranked-dropdown","text":"Hot","rank":0,"color":"white"}""", "\"rank\":0,\"color\":\"white\"")]
    [Proves("OPT-2", "OPT-3", "OPT-6", "OPT-10")]
    public async Task A_ranked_option_has_rank_and_color(string body, string parts)
    {
        await using var sim = await Sim.StartAsync();
        Assert.Contains(parts, (await CreateAsync(sim, sim.Account.Status, body)).Body, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("OPT-4", "OPT-5", "OPT-11", "VER-19", "VER-20")]
    public async Task A_status_option_has_a_category_and_when_open_a_win_rate()
    {
        await using var sim = await Sim.StartAsync();
        var pipeline = StatusField(sim);
        var open = await CreateAsync(sim, pipeline, """{"type":"status-dropdown","text":"Talks","statusCategory":"open","winRate":40}""");
        Assert.Equal(("status-dropdown", "open", 40), ((string)open.Json["type"]!, (string)open.Json["statusCategory"]!, (int)open.Json["winRate"]!));
        foreach (var category in new[] { "won", "lost", "on-hold" })
        {
            var closed = await CreateAsync(sim, pipeline, $$"""{"type":"status-dropdown","text":"{{category}}","statusCategory":"{{category}}"}""");
            Assert.Equal((category, null), ((string)closed.Json["statusCategory"]!, (int?)closed.Json["winRate"]));
        }

        var refused = await CreateAsync(sim, pipeline, """{"type":"status-dropdown","text":"x","statusCategory":"won","winRate":40}""");
        Assert.Equal((HttpStatusCode.BadRequest, NoWinRate), (refused.Status, refused.Message));
    }

    [Theory]
    [InlineData("Stage", """{"type":"dropdown"}""", "object at root is missing required properties: text")]
    [InlineData("Stage", """{"type":"dropdown","text":""}""", "string length at `/text` is less than: 1")]
    [InlineData("Stage", """{"type":"dropdown","text":5}""", "value at `/text` is not a string")]
    [InlineData("Stage", """{"type":"dropdown","text":"x","rank":1}""", "object property at `/rank` is a disallowed additional property")]
    [InlineData("Stage", """{"type":"fancy","text":"x"}""", "value at root does not match `discriminator` schema")]
    [InlineData("Stage", """{"type":"ranked-dropdown","text":"x","rank":1,"color":"red"}""", "Options of field field-1004 have the type dropdown, not ranked-dropdown.")]
    [InlineData("Status", """{"type":"ranked-dropdown","text":"x"}""", "object at root is missing required properties: rank, color")]
    [InlineData("Status", """{"type":"ranked-dropdown","text":"x","rank":-1,"color":"red"}""", "number at `/rank` is less than: 0")]
    [InlineData("Status", """{"type":"ranked-dropdown","text":"x","rank":1.5,"color":"red"}""", "value at `/rank` is not an integer")]
    [InlineData("Status", """{"type":"ranked-dropdown","text":"x","rank":1,"color":"pink"}""", "value at `/color` is not one of: [\"white\", \"gray\", \"blue\", \"green\", \"purple\", \"orange\", \"red\"]")]
    [InlineData("Status", """{"type":"status-dropdown","text":"x"}""", "object at root is missing required properties: statusCategory")]
    [InlineData("Status", """{"type":"status-dropdown","text":"x","statusCategory":"maybe"}""", "value at `/statusCategory` is not one of: [\"open\", \"won\", \"lost\", \"on-hold\"]")]
    [Proves("OPT-9", "OPT-10", "OPT-11", "OPT-12", "MSG-16")]
    public async Task An_option_that_lacks_a_part_or_has_one_too_many_answers_400(string field, string body, string message)
    {
        await using var sim = await Sim.StartAsync();
        var target = sim.Account.List.Fields.Single(each => each.Name == field);
        var answer = await CreateAsync(sim, target, body);
        Assert.Equal((HttpStatusCode.BadRequest, "validation", message), (answer.Status, (string)answer.Error["code"]!, answer.Message));
        Assert.Equal(2, target.Options.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"type":"dropdown","text":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    public async Task A_body_that_is_no_json_answers_400(string body)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await CreateAsync(sim, sim.Account.Stage, body);
        Assert.Equal((HttpStatusCode.BadRequest, "bad-request"), (answer.Status, (string)answer.Error["code"]!));
    }

    [Fact]
    [Proves("OPT-12", "MSG-16")]
    public async Task A_text_has_255_characters_at_most()
    {
        await using var sim = await Sim.StartAsync();
        var longest = string.Concat(Enumerable.Repeat("\U0001F600", 255));
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(sim, sim.Account.Stage, $$"""{"type":"dropdown","text":"{{longest}}"}""")).Status);
        var answer = await CreateAsync(sim, sim.Account.Stage, $$"""{"type":"dropdown","text":"{{longest}}x"}""");
        Assert.Equal("string length at `/text` is greater than: 255", answer.Message);
    }

    [Fact]
    [Proves("OPT-14")]
    public async Task A_change_takes_any_part_and_shows_in_values_at_once()
    {
        await using var sim = await Sim.StartAsync();
        var option = sim.Account.Status.Options[0];
        sim.Account.Entry.Set(sim.Account.Status, option);
        Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(sim, sim.Account.Status, option.Id, """{"text":"Fresh"}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(sim, sim.Account.Status, option.Id, """{"rank":9,"color":"blue"}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(sim, sim.Account.Status, option.Id, "{}")).Status);
        Assert.Equal(
            $$"""{"dropdownOptionId":{{option.Id}},"text":"Fresh","rank":9,"color":"blue"}""",
            (await sim.ReadAsync(sim.Account.Status))["data"]!.ToJsonString());
    }

    [Theory]
    [InlineData("Stage", """{"rank":1}""", "Options of type dropdown have no rank.")]
    [InlineData("Status", """{"statusCategory":"won"}""", "Options of type ranked-dropdown have no statusCategory.")]
    [InlineData("Stage", """{"id":4}""", "object property at `/id` is a disallowed additional property")]
    public async Task A_change_of_a_part_that_the_option_does_not_have_answers_400(string field, string body, string message)
    {
        await using var sim = await Sim.StartAsync();
        var target = sim.Account.List.Fields.Single(each => each.Name == field);
        var answer = await ChangeAsync(sim, target, target.Options[0].Id, body);
        Assert.Equal((HttpStatusCode.BadRequest, message), (answer.Status, answer.Message));
    }

    [Fact]
    [Proves("OPT-5")]
    public async Task An_option_that_is_closed_loses_its_win_rate()
    {
        await using var sim = await Sim.StartAsync();
        var pipeline = StatusField(sim);
        var open = pipeline.Options[0];
        await ChangeAsync(sim, pipeline, open.Id, """{"winRate":30}""");
        Assert.Equal(30, (int)(await sim.GetAsync(PathOf(pipeline, open.Id))).Json["winRate"]!);
        await ChangeAsync(sim, pipeline, open.Id, """{"statusCategory":"lost"}""");
        Assert.Null((await sim.GetAsync(PathOf(pipeline, open.Id))).Json["winRate"]);
        Assert.Equal(NoWinRate, (await ChangeAsync(sim, pipeline, open.Id, """{"winRate":30}""")).Message);
    }

    [Fact]
    [Proves("OPT-15", "OPT-16")]
    public async Task A_deleted_option_is_gone_and_cleared_on_every_row()
    {
        await using var sim = await Sim.StartAsync();
        var (stage, tags) = (sim.Account.Stage, sim.Account.Tags);
        sim.Account.Entry.Set(stage, "Seed").Set(tags, new[] { "AI", "Bio" });
        sim.Account.Other.Set(stage, "Series A").Set(tags, new[] { "AI" });
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(sim, stage, stage.FindOption("Seed")!.Id)).Status);
        var ai = tags.FindOption("AI")!.Id;
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(sim, tags, ai)).Status);

        Assert.Equal((null, "Series A"), (sim.Account.Entry.Get(stage), sim.Account.Other.Get(stage)));
        Assert.Equal(["Bio"], Assert.IsType<string[]>(sim.Account.Entry.Get(tags)));
        Assert.Null(sim.Account.Other.Get(tags));
        Assert.Equal(HttpStatusCode.NotFound, (await sim.GetAsync(PathOf(tags, ai))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await DeleteAsync(sim, tags, ai)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.PatchAsync(tags.To($$"""[{"dropdownOptionId":{{ai}}}]"""))).Status);
    }

    [Fact]
    [Proves("OPT-8", "OPT-18")]
    public async Task Options_of_global_fields_are_read_only()
    {
        await using var sim = await Sim.StartAsync();
        var tier = sim.Account.Tenant.AddCompanyField("Tier", FieldValueType.Dropdown).WithOptions(sim.Account.Tenant, "Gold");
        var gold = tier.Options[0].Id;
        Assert.Equal(HttpStatusCode.BadRequest, (await CreateAsync(sim, tier, """{"type":"dropdown","text":"Tin"}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ChangeAsync(sim, tier, gold, """{"text":"Tin"}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await DeleteAsync(sim, tier, gold)).Status);
        Assert.Equal(
            HttpStatusCode.MethodNotAllowed,
            (await sim.SendAsync(HttpMethod.Post, $"v2/companies/fields/{tier.Id}/dropdown-options", """{"type":"dropdown","text":"Tin"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await sim.GetAsync(PathOf(tier, gold))).Status);
    }

    [Theory]
    [InlineData("2024-01-01")]
    [InlineData("2026-07-15")]
    [InlineData("2026-09-17")]
    [Proves("VER-21")]
    public async Task Every_version_writes_options(string version)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SendAsync(HttpMethod.Post, AllOf(sim.Account.Stage), """{"type":"dropdown","text":"New"}""", version);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(HttpStatusCode.NoContent, (await sim.SendAsync(HttpMethod.Delete, PathOf(sim.Account.Stage, (long)answer.Json["id"]!), version: version)).Status);
    }

    private static Field StatusField(Sim sim)
    {
        var field = sim.Account.List.AddField("Pipeline", FieldValueType.RankedDropdown);
        sim.Account.Tenant.AddOption(field, new DropdownOption(0, "New") { StatusCategory = "open" });
        return field;
    }

    private static string AllOf(Field field) => $"v2/lists/101/fields/{field.Id}/dropdown-options";

    private static string PathOf(Field field, long optionId) => $"{AllOf(field)}/{optionId}";

    private static Task<Answer> CreateAsync(Sim sim, Field field, string body) => sim.SendAsync(HttpMethod.Post, AllOf(field), body);

    private static Task<Answer> ChangeAsync(Sim sim, Field field, long optionId, string body) =>
        sim.SendAsync(HttpMethod.Post, PathOf(field, optionId), body);

    private static Task<Answer> DeleteAsync(Sim sim, Field field, long optionId) => sim.SendAsync(HttpMethod.Delete, PathOf(field, optionId));
}
