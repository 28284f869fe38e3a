using System.Text.RegularExpressions;
using AffinityDurable.Docs.Tests.Documentation;

namespace AffinityDurable.Delivery.Tests.Operations;

/// <summary>The runbook has the sections that alerts lead to, and each says what an operator needs.</summary>
public sealed partial class RunbookTests
{
    private const string Page = "docs/operations.md";

    private static readonly string[] Incidents =
    [
        "A run failed", "A run is partial", "A run is blocked", "No good run", "The quota runs out", "Affinity refuses the key", "An approval waits",
        "A run was missed", "Pending work was given up", "A stuck instance",
    ];

    private static readonly string Text = Repository.Text(Page);

    public static TheoryData<string> Sections =>
    [
        "first-deployment", "a-run-failed", "a-run-is-partial", "a-run-is-blocked", "no-good-run", "the-quota-runs-out", "affinity-refuses-the-key",
        "an-approval-waits", "a-run-was-missed", "pending-work-was-given-up", "rotate-the-key", "a-stuck-instance", "hold-and-undo", "restoring-the-stores",
        "before-a-deployment", "upgrade-and-roll-back", "reset-the-task-hub", "what-it-costs", "what-is-kept-where-and-for-how-long",
    ];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Sections_that_others_link_to_are_there(string anchor) => Assert.Contains(anchor, Markdown.Anchors(Text));

    [Fact]
    public void An_incident_says_what_one_sees_what_it_means_what_to_do_and_when_it_is_over() =>
        Assert.Empty(
            from incident in Incidents
            let section = Section(incident)
            from part in new[] { "**You see**", "**Do", "**It is over**" }
            where !section.Contains(part, StringComparison.Ordinal) && !(part == "**Do" && section.Contains("| Do |", StringComparison.Ordinal))
            select $"{incident} lacks {part}");

    [Fact]
    public void Error_codes_are_links() =>
        Assert.Empty(Code().Matches(Text).Select(match => match.Value).Where(code => !Text.Contains($"[{code}](errors.md#{code.ToLowerInvariant()})", StringComparison.Ordinal))
            .Concat(BareCode().Matches(Text).Select(match => match.Value)));

    [Fact]
    public void Files_named_on_the_page_exist() =>
        Assert.Empty(
            from code in Markdown.Code(Text).Concat(TypedCommands.All.Where(typed => typed.Place == Page).SelectMany(typed => typed.Command.Words))
            from path in RepositoryPath().Matches(code.TrimStart('@')).Select(match => match.Value)
            where !File.Exists(Repository.Absolute(path)) && !Directory.Exists(Repository.Absolute(path))
            select path);

    private static string Section(string title)
    {
        var start = Text.IndexOf($"\n## {title}\n", StringComparison.Ordinal);
        var end = Text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return start < 0 ? "" : end < 0 ? Text[start..] : Text[start..end];
    }

    [GeneratedRegex(@"AFF\d{3}")]
    private static partial Regex Code();

    /// <summary>One that is not the text of a link.</summary>
    [GeneratedRegex(@"(?<!\[)AFF\d{3}|AFF\d{3}(?!\])")]
    private static partial Regex BareCode();

    [GeneratedRegex(@"^(infra|eng|syncs|schemas|docs)/[\w./-]*\w$", RegexOptions.ExplicitCapture)]
    private static partial Regex RepositoryPath();
}
