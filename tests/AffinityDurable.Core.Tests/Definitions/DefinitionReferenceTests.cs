using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AffinityDurable.Core.Definitions;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>docs/definition.md says what the parser does.</summary>
public sealed class DefinitionReferenceTests
{
    private const string Head = "sync: x\nlist: 77\n";
    private const string Source = "source: { type: csv, path: a.csv }\n";
    private const string Match = "match: [{ entryId: id }]\n";
    private const string Fields = "fields: { ARR: arr }\n";

    private static readonly string Page = File.ReadAllText(Path.Combine(SampleFiles.Root, "docs", "definition.md"));

    [Fact]
    public void Every_key_has_a_row_with_its_default_and_its_words()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(SampleFiles.Root, "schemas", "sync.schema.json")))!;
        (string Heading, string Section)[] tables =
            [("Keys", ""), ("Source", "commonSource"), ("asOf", "asOf"), ("Source: csv", "csvSource"), ("Source: jsonl", "jsonlSource"), ("Source: parquet", "parquetSource"), ("Source: postgres", "postgresSource"), ("Source: snowflake", "snowflakeSource"), ("Source: push", "pushSource"), ("Start of pushed rows", "pushStart"), ("Source: http", "httpSource"), ("Paging of an http source", "httpPaging"), ("Batches of an http source", "httpBatch"), ("Source: sqlserver", "sqlserverSource"), ("Match", "matchRule"), ("Match by domain", "domainKey"), ("Match by field", "fieldKey"), ("Scope", "scope"), ("Scope by field", "scopeCondition"), ("Fields", "fieldMapping"), ("Schedule", "schedule"), ("On a field", "fieldTrigger"), ("Guards", "guards"), ("Health", "health"), ("Health rules", "healthRule"), ("Stamp", "stamp"), ("Tolerate", "tolerate")];

        foreach (var (heading, section) in tables)
        {
            var rows = Rows(heading);
            var properties = (section.Length == 0 ? schema : schema["definitions"]![section]!)["properties"]!.AsObject();
            var own = properties.Where(property => section == "" || property.Value!["$ref"] is not { } reference || !reference.ToString().Contains("commonSource", StringComparison.Ordinal)).ToList();
            Assert.Equal(own.Select(property => property.Key), rows.Keys);
            foreach (var (key, property) in own)
            {
                var tokens = new[] { property!["default"] }.Concat(property["enum"]?.AsArray() ?? []).OfType<JsonNode>().Select(token => $"`{token}`");
                Assert.All(tokens, token => Assert.True(rows[key].Contains(token, StringComparison.Ordinal), $"The row of '{key}' does not say {token}."));
                if (property["minimum"] is { } minimum && property["maximum"] is { } maximum)
                {
                    Assert.Contains($"{minimum} to {maximum}", rows[key], StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void Every_example_of_the_page_about_files_is_valid_and_says_whether_it_needs_the_network()
    {
        var page = File.ReadAllText(Path.Combine(SampleFiles.Root, "docs", "sources", "files.md"));
        var examples = Regex.Matches(page, "```yaml\n(?<text>.*?)```", RegexOptions.Singleline).Select(match => match.Groups["text"].Value).ToList();

        Assert.Equal(9, examples.Count);
        Assert.All(examples, example => Assert.Equal(
            example.Contains("://", StringComparison.Ordinal),
            DefinitionParser.Parse(Whole(example), "docs/sources/files.md", Types.All).Require().Sources[0].IsRemote));
    }

    [Fact]
    public void Every_example_is_valid()
    {
        var examples = Regex.Matches(Page, "```yaml\n(?<text>.*?)```", RegexOptions.Singleline).Select(match => match.Groups["text"].Value).ToList();

        Assert.InRange(examples.Count, 10, 40);
        Assert.All(examples, example => Assert.Empty(DefinitionParser.Parse(Whole(example), "docs/definition.md", Types.All).Problems));
    }

    private static string Whole(string example) => example.Contains("sync:", StringComparison.Ordinal)
        ? example
        : Head + string.Concat(new[] { Source, Match, Fields }.Where(section => !Has(example, section.Split(':')[0]) && !(section is Source or Fields && Has(example, "sources")))) + example;

    private static bool Has(string example, string key) => $"\n{example}".Contains($"\n{key}:", StringComparison.Ordinal);

    private static Dictionary<string, string> Rows(string heading)
    {
        var section = Page.Split($"\n## {heading}\n")[1].Split("\n##")[0];
        return section.Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .ToDictionary(line => line.Split('`')[1], line => line, StringComparer.Ordinal);
    }
}
