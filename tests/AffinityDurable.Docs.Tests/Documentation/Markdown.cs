using System.Text;
using System.Text.RegularExpressions;

namespace AffinityDurable.Docs.Tests.Documentation;

/// <summary>What tests read out of a page.</summary>
internal static partial class Markdown
{
    /// <summary>Targets of links and pictures.</summary>
    public static IEnumerable<string> Links(string text) =>
        Link().Matches(WithoutBlocks(text)).Select(match => match.Groups["target"].Value);

    /// <summary>Text in single backticks.</summary>
    public static IEnumerable<string> Code(string text) =>
        InlineCode().Matches(WithoutBlocks(text)).Select(match => match.Groups["code"].Value);

    /// <summary>Content of fenced blocks of a language.</summary>
    public static IEnumerable<string> Blocks(string text, string language) =>
        Block().Matches(text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["content"].Value);

    /// <summary>Lines of fenced and indented blocks in which commands are typed.</summary>
    public static IEnumerable<string> CommandLines(string text) =>
        Blocks(text, "sh").Concat(Blocks(text, "console"))
            .SelectMany(block => block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
            .Concat(text.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)))
            .Select(line => line.Trim().TrimStart('$').Trim());

    /// <summary>Fragments under which GitHub reaches the headings.</summary>
    public static IReadOnlySet<string> Anchors(string text) =>
        Heading().Matches(WithoutBlocks(text)).Select(match => Anchor(match.Groups["title"].Value)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Fragment under which GitHub and Azure DevOps reach a heading.</summary>
    public static string Anchor(string title)
    {
        var anchor = new StringBuilder();
        foreach (var letter in title.Trim().ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter) || letter is '-' or '_')
            {
                anchor.Append(letter);
            }
            else if (letter == ' ')
            {
                anchor.Append('-');
            }
        }

        return anchor.ToString();
    }

    /// <summary>Without fenced blocks.</summary>
    public static string WithoutBlocks(string text) => Block().Replace(text, "");

    [GeneratedRegex(@"^ *```(?<language>[a-z]*)[^\n]*\n(?<content>.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<!`)`(?<code>[^`\n]+)`(?!`)", RegexOptions.ExplicitCapture)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"^#{1,6} (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();
}
