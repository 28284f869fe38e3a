using System.Text.Json;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Sources;
using AffinityDurable.Sources;
using AffinityDurable.Sources.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Docs.Tests.Documentation;

/// <summary>What readers copy works.</summary>
public sealed class ExampleTests
{
    /// <summary>The product's, and the one that a page shows how to add.</summary>
    private static readonly SourceTypes Types = new ServiceCollection()
        .AddSources()
        .AddSingleton<ISourceAdapter, SqliteSourceAdapter>()
        .BuildServiceProvider()
        .GetRequiredService<SourceTypes>();

    [Fact]
    public void Whole_definitions_are_valid()
    {
        var definitions =
            (from page in Repository.Pages
             from block in Markdown.Blocks(page.Text, "yaml")
             where block.Split('\n').Any(line => line.StartsWith("sync:", StringComparison.Ordinal))
             select (page.Path, block)).ToList();

        Assert.Superset(new HashSet<string> { "README.md", "docs/definition.md" }, definitions.Select(definition => definition.Path).ToHashSet());
        Assert.All(definitions, definition => Assert.Empty(DefinitionParser.Parse(definition.block, definition.Path, Types).Problems));
    }

    [Fact]
    public void Samples_are_valid()
    {
        Assert.All(Repository.Files("samples", "*.yaml"), sample => Assert.Empty(DefinitionParser.Parse(sample.Text, sample.Path, Types).Problems));
    }

    [Fact]
    public void Json_on_pages_is_json()
    {
        Assert.All(
            Repository.Pages.SelectMany(page => Markdown.Blocks(page.Text, "json")),
            block => JsonDocument.Parse(block).Dispose());
    }
}
