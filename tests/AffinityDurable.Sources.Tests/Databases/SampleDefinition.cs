using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Sources;

namespace AffinityDurable.Sources.Tests.Databases;

/// <summary>The samples that people copy.</summary>
internal static class SampleDefinition
{
    /// <param name="name">Path below <c>samples</c>.</param>
    /// <param name="type">The type of its source.</param>
    public static SyncDefinition Read(string name, ISourceType type)
    {
        var path = Path.Combine([Root(), "samples", .. name.Split('/')]);
        var definition = DefinitionParser.Parse(File.ReadAllText(path), path, new SourceTypes([type]));
        Assert.Empty(definition.Problems);
        return definition.Require();
    }

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
