using System.Text.RegularExpressions;

namespace AffinityDurable.Docs.Tests.Documentation;

/// <summary>What pages point to is there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Pages_are_found()
    {
        var paths = Repository.Pages.Select(page => page.Path).ToHashSet();

        Assert.Superset(new HashSet<string> { "README.md", "docs/definition.md", "docs/errors.md", "eng/README.md" }, paths);
    }

    [Fact]
    public void Relative_links_lead_to_files()
    {
        Assert.Empty(
            from page in Repository.Pages
            from link in Markdown.Links(page.Text).Where(IsRelative)
            where PathOf(page, link) is { Length: > 0 } path && !File.Exists(Repository.Absolute(path)) && !Directory.Exists(Repository.Absolute(path))
            select $"{page}: {link}");
    }

    [Fact]
    public void Fragments_lead_to_headings()
    {
        Assert.Empty(
            from page in Repository.Pages
            from link in Markdown.Links(page.Text).Where(link => IsRelative(link) && link.Contains('#', StringComparison.Ordinal))
            let target = PathOf(page, link)
            let fragment = link.Split('#')[1]
            where target.EndsWith(".md", StringComparison.Ordinal) && !Markdown.Anchors(Repository.File(target).Text).Contains(fragment)
            select $"{page}: {link}");
    }

    [Fact]
    public void Files_named_on_pages_exist()
    {
        Assert.Empty(
            from page in Repository.Pages
            from path in Markdown.Code(page.Text).Concat(Markdown.CommandLines(page.Text)).SelectMany(code => RepositoryPath().Matches(code)).Select(match => match.Value)
            where !File.Exists(Repository.Absolute(path)) && !Directory.Exists(Repository.Absolute(path))
            select $"{page}: {path}");
    }

    [Fact]
    public void Every_page_of_docs_is_reached_from_the_readme()
    {
        var linked = Markdown.Links(Repository.File("README.md").Text).Where(IsRelative).Select(link => link.Split('#')[0]).ToHashSet();

        Assert.All(
            Repository.Pages.Where(page => page.Path.StartsWith("docs/", StringComparison.Ordinal)),
            page => Assert.Contains(page.Path, linked));
    }

    private static bool IsRelative(string link) => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal);

    /// <summary>From the root; a link that is a fragment only stays on its page.</summary>
    private static string PathOf(RepositoryFile page, string link)
    {
        var path = link.Split('#')[0];
        return path.Length == 0
            ? page.Path
            : Path.GetRelativePath(Repository.Root, Repository.Absolute(Path.Combine(Path.GetDirectoryName(page.Path)!, path))).Replace('\\', '/');
    }

    /// <summary>Paths with a wildcard or a placeholder stand for many files and are left out.</summary>
    [GeneratedRegex(@"(?<![\w./-])(src|tests|bench|docs|eng|samples|schemas)/[\w./-]*\w(?![\w/]*[*{<…])", RegexOptions.ExplicitCapture)]
    private static partial Regex RepositoryPath();
}
