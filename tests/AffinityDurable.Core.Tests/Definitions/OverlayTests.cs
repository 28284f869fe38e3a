using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Overlays;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Tests.Runs;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>What an environment changes in definitions.</summary>
public sealed class OverlayTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public OverlayTests()
    {
        Directory.CreateDirectory(folder["overlays"]);
        Write("portfolio.yaml", """
            sync: portfolio
            list: 77
            source: { type: postgres, connection: warehouse, query: select 1 as id }
            match: [{ entryId: id }]
            fields: { ARR: arr }
            state: active
            """);
        Write("funds.yaml", """
            sync: funds
            list: 78
            sources:
              - { name: one, type: postgres, connection: warehouse, query: select 1 as id }
              - { name: two, type: postgres, connection: other, query: select 1 as id }
            match: [{ entryId: id }]
            fields: { ARR: { from: { one: arr } } }
            """);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task List_connections_schedule_and_state_are_those_of_the_environment()
    {
        Write("overlays/prod.yaml", """
            portfolio:
              list: https://acme.affinity.co/lists/4711
              connections: { warehouse: warehouse-prod }
              schedule: { cron: "0 3 * * *", timeZone: Europe/London }
              state: planOnly
            funds:
              connections: { other: other-prod }
            """);

        var portfolio = await RequireAsync("portfolio", "prod");
        var funds = await RequireAsync("funds", "prod");

        Assert.Equal((4711, "0 3 * * *", "Europe/London", SyncActivity.PlanOnly), (portfolio.ListId, portfolio.Schedule.Cron, portfolio.Schedule.TimeZone, portfolio.State));
        Assert.Equal(["warehouse-prod"], Connections(portfolio));
        Assert.Equal((78, SyncActivity.Active), (funds.ListId, funds.State));
        Assert.Equal(["warehouse", "other-prod"], Connections(funds));
    }

    [Fact]
    public async Task Without_an_environment_no_overlay_holds()
    {
        Write("overlays/prod.yaml", "portfolio: { list: 4711 }");

        Assert.Equal(77, (await RequireAsync("portfolio", environment: null)).ListId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing differs\n")]
    [InlineData("{}")]
    [InlineData("portfolio:\n")]
    public async Task An_environment_may_change_nothing(string overlay)
    {
        Write("overlays/prod.yaml", overlay);

        Assert.Equal(77, (await RequireAsync("portfolio", "prod")).ListId);
    }

    [Theory]
    [InlineData("portfolio:\n  fields: { ARR: other }", "AFF172", 2)]
    [InlineData("portfolio:\n  list: 4711\n  stat: held", "AFF172", 3)]
    [InlineData("portfolio:\n  list: nowhere", "AFF111", 2)]
    [InlineData("portfolio:\n  state: offline", "AFF108", 2)]
    [InlineData("portfolio:\n  schedule:\n    cron: never", "AFF113", 3)]
    [InlineData("portfolio:\n  schedule:\n    time: 3", "AFF104", 3)]
    [InlineData("portfolio:\n  connections:\n    warehous: x", "AFF173", 3)]
    [InlineData("portfolio:\n  connections: warehouse-prod", "AFF107", 2)]
    [InlineData("portfolio:\n  list:\n", "AFF107", 2)]
    [InlineData("portfolio: 4711", "AFF107", 1)]
    [InlineData("portfolio:\n  list: 1\nportfolio:\n  list: 2", "AFF106", 3)]
    [InlineData("portfolio:\n  connections: { warehouse: 'password=kanarie1' }", "AFF118", 2)]
    public async Task What_is_wrong_with_a_section_is_said_with_the_overlays_file_and_line_and_stops_only_its_sync(string overlay, string code, int line)
    {
        Write("overlays/prod.yaml", overlay);

        var problem = Assert.Single((await ParseAsync("portfolio", "prod")).Problems);

        Assert.Equal((code, "overlays/prod.yaml", line), (problem.Code, problem.File, problem.Line));
        Assert.DoesNotContain("kanarie", problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(78, (await RequireAsync("funds", "prod")).ListId);
    }

    [Fact]
    public async Task A_problem_of_the_definition_keeps_its_own_file_and_line()
    {
        Write("portfolio.yaml", await File.ReadAllTextAsync(folder["portfolio.yaml"]) + "\nmistake: 1\n");
        Write("overlays/prod.yaml", "portfolio: { list: 4711 }");

        var problem = Assert.Single((await ParseAsync("portfolio", "prod")).Problems);

        Assert.Equal(("AFF104", "portfolio.yaml", 7), (problem.Code, problem.File, problem.Line));
    }

    [Fact]
    public async Task A_section_for_a_sync_that_is_not_there_is_a_problem_of_the_folder()
    {
        Write("overlays/prod.yaml", "portfolo:\n  list: 1\n");

        var set = await DefinitionSet.ReadAsync(Store("prod"), Types.All, default);

        var problem = Assert.Single(set.Problems);
        Assert.Equal(("AFF171", "overlays/prod.yaml", 1), (problem.Code, problem.File, problem.Line));
        Assert.Contains("Did you mean 'portfolio'?", problem.Message, StringComparison.Ordinal);
        Assert.Equal(2, set.Definitions.Count);
    }

    [Theory]
    [InlineData("test", "AFF170")]
    [InlineData("../prod", "AFF174")]
    [InlineData("Prod", "AFF174")]
    [InlineData("broken", "AFF101")]
    [InlineData("list", "AFF107")]
    public async Task Without_a_usable_overlay_no_sync_of_the_environment_can_run(string environment, string code)
    {
        Write("overlays/prod.yaml", "portfolio: { list: 4711 }");
        Write("overlays/broken.yaml", "portfolio: [");
        Write("overlays/list.yaml", "- portfolio");

        var set = await DefinitionSet.ReadAsync(Store(environment), Types.All, default);

        Assert.Equal(code, Assert.Single(set.Problems).Code);
        Assert.Empty(set.Definitions);
    }

    [Fact]
    public async Task The_etag_follows_the_overlay_of_a_sync_that_has_a_section()
    {
        Write("overlays/prod.yaml", "portfolio: { list: 4711 }");
        var before = (Portfolio: await ETagAsync("portfolio"), Funds: await ETagAsync("funds"));
        Write("overlays/prod.yaml", "portfolio: { list: 4712 }");
        var after = (Portfolio: await ETagAsync("portfolio"), Funds: await ETagAsync("funds"));

        Assert.NotEqual(before.Portfolio, after.Portfolio);
        Assert.Equal(before.Funds, after.Funds);
        Assert.NotEqual((await Store(null).ReadAsync("portfolio", default)).ETag, after.Portfolio);
    }

    [Fact]
    public async Task Conflicts_between_syncs_are_those_of_the_environment()
    {
        Write("overlays/prod.yaml", "funds: { list: 77 }");

        Assert.Empty((await DefinitionSet.ReadAsync(Store(null), Types.All, default)).Problems);
        Assert.Equal("AFF122", Assert.Single((await DefinitionSet.ReadAsync(Store("prod"), Types.All, default)).Problems).Code);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_stops_only_its_own_sync()
    {
        Directory.CreateSymbolicLink(folder["gone.yaml"], folder["nowhere"]);
        var set = await DefinitionSet.ReadAsync(Store(null), Types.All, default);

        Assert.Equal(["funds", "gone", "portfolio"], await Store(null).ListAsync(default));
        Assert.Equal(("AFF123", "gone.yaml"), (Assert.Single(set.Problems).Code, set.Problems[0].File));
        Assert.Equal(2, set.Definitions.Count);
        Assert.Equal("AFF123", Assert.Single((await ParseAsync("gone", null)).Problems).Code);
    }

    [Fact]
    public void Schema_page_and_program_know_the_same_keys()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(SampleFiles.Root, "schemas", "overlay.schema.json")))!;
        var page = File.ReadAllText(Path.Combine(SampleFiles.Root, "docs", "definition.md")).Split("\n## Overlays\n")[1].Split("\n## ")[0];

        Assert.Equal(OverlaySection.Keys, schema["definitions"]!["section"]!["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(OverlaySection.Keys, page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]));
    }

    [Fact]
    public async Task The_example_of_the_page_is_valid()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(SampleFiles.Root, "docs", "definition.md"));
        var example = Regex.Match(page, "```yml\n(?<text>.*?)```", RegexOptions.Singleline).Groups["text"].Value;
        Write("overlays/prod.yaml", example.Replace("portfolio-metrics:", "portfolio:", StringComparison.Ordinal));

        Assert.Equal(4711, (await RequireAsync("portfolio", "prod")).ListId);
    }

    private static IEnumerable<string> Connections(SyncDefinition definition) => definition.Sources.Select(source =>
        ((Core.Definitions.Yaml.YamlText)source.Settings.Entries.Single(entry => entry.Key == "connection").Value).Value);

    private FolderDefinitions Store(string? environment) => new(folder.Path, environment);

    private async Task<ParsedDefinition> ParseAsync(string sync, string? environment) =>
        DefinitionParser.Parse(await Store(environment).ReadAsync(sync, default), Types.All);

    private async Task<SyncDefinition> RequireAsync(string sync, string? environment) => (await ParseAsync(sync, environment)).Require();

    private async Task<string> ETagAsync(string sync) => (await Store("prod").ReadAsync(sync, default)).ETag;

    private void Write(string file, string text) => File.WriteAllText(folder[file], text);
}
