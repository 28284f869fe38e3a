using System.Text.RegularExpressions;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Tests.Databases;

/// <summary>The samples that people copy, and the pages that show more of them.</summary>
internal static class SampleDefinition
{
    /// <param name="name">Path below <c>samples</c>.</param>
    /// <param name="type">The type of its source.</param>
    public static SyncDefinition Read(string name, ISourceType type)
    {
        var definition = DefinitionParser.Parse(Text($"samples/{name}"), name, new SourceTypes([type]));
        Assert.Empty(definition.Problems);
        return definition.Require();
    }

    /// <summary>The sources of the examples of a page, in its order.</summary>
    public static IEnumerable<SourceDefinition> SourcesOf(string page, params IEnumerable<ISourceType> types) =>
        Regex.Matches(Text(page), "```yaml\n(?<text>.*?)```", RegexOptions.Singleline)
            .Select(match => match.Groups["text"].Value)
            .Select(example => DefinitionParser.Parse(Whole(example), page, new SourceTypes(types)).Require().Sources[0]);

    /// <summary>A file of the repository.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine([Root(), .. path.Split('/')]));

    private static string Whole(string example) => string.Concat(
        new[] { "sync: x\n", "list: 77\n", "match: [{ entryId: id }]\n", "fields: { ARR: arr }\n" }
            .Where(part => !$"\n{example}".Contains($"\n{part.Split(':')[0]}:", StringComparison.Ordinal))) + example;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AffinityDurable.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
