using System.Text.RegularExpressions;

namespace AffinityDurable.Docs.Tests;

/// <summary>docs/errors.md, taken apart.</summary>
internal static partial class ErrorPage
{
    public static IReadOnlyList<ErrorSection> Sections { get; } = Read(Repository.File("docs/errors.md").Text);

    private static List<ErrorSection> Read(string page)
    {
        var area = "";
        var sections = new List<ErrorSection>();
        foreach (var part in Headings().Split(page).Skip(1))
        {
            var lines = part.Split('\n', 2);
            if (lines[0].StartsWith("# ", StringComparison.Ordinal))
            {
                area = lines[0][2..];
            }
            else
            {
                sections.Add(new ErrorSection(lines[0][3..].Trim(), area, Line(lines[1], Title()), Line(lines[1], Cause()), Line(lines[1], Cure())));
            }
        }

        return sections;
    }

    private static string? Line(string text, Regex pattern) => pattern.Match(text) is { Success: true } match ? match.Groups["text"].Value.Trim() : null;

    [GeneratedRegex("^#(?=##? )", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"^\*\*(?<text>.+)\*\*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Title();

    [GeneratedRegex(@"^- Cause: (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Cause();

    [GeneratedRegex(@"^- Cure: (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Cure();
}

/// <summary>One code of the page.</summary>
internal sealed record ErrorSection(string Id, string Area, string? Title, string? Cause, string? Cure);
