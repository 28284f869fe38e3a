namespace AffinityDurable.Docs.Tests.Documentation;

/// <summary>docs/development.md names every project.</summary>
public sealed class LayoutTests
{
    private static readonly RepositoryFile Page = Repository.File("docs/development.md");

    public static TheoryData<string> Projects =>
    [
        .. Repository.Files("src", "*.csproj").Concat(Repository.Files("tests", "*.csproj"))
            .Where(file => file.Path.Count(letter => letter == '/') == 2)
            .Select(file => Path.GetFileNameWithoutExtension(file.Path)),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_project_is_named(string project)
    {
        Assert.True(
            Page.Text.Contains($"`{project}`", StringComparison.Ordinal) || Page.Text.Contains($"`src/{project}`", StringComparison.Ordinal),
            $"{Page} does not name {project}.");
    }
}
