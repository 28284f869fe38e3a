using System.Xml.Linq;

namespace AffinityDurable.Docs.Tests.Architecture;

/// <summary>A project of src/ and what its file refers to.</summary>
internal sealed record Project(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages, bool UsesAzureFunctions, bool UsesAspNetCore)
{
    private const string Prefix = "AffinityDurable.";

    /// <summary>By name without the common prefix.</summary>
    public static IReadOnlyDictionary<string, Project> All { get; } =
        Repository.Files("src", "*.csproj").Select(Read).ToDictionary(project => project.Name, StringComparer.Ordinal);

    private static Project Read(RepositoryFile file)
    {
        var project = XDocument.Parse(file.Text);
        return new Project(
            ShortName(file.Path),
            [.. Includes(project, "ProjectReference").Select(ShortName).Order(StringComparer.Ordinal)],
            [.. Includes(project, "PackageReference")],
            project.Descendants("UsesAzureFunctions").Any(property => property.Value == "true"),
            Includes(project, "FrameworkReference").Contains("Microsoft.AspNetCore.App"));
    }

    private static IEnumerable<string> Includes(XDocument project, string item) =>
        project.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();

    private static string ShortName(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))[Prefix.Length..];
}
