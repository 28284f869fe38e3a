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

    /// <summary>A file of the repository.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine([Root(), .. path.Split('/')]));

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
