using System.Text;
using System.Text.RegularExpressions;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Simulator.Tests.Facts;

/// <summary>What docs/simulator.md says around its facts is what there is.</summary>
public sealed partial class PageTests
{
    private static readonly string Text = FactPage.ReadText();

    [Fact]
    public void Every_switch_is_in_the_table_of_open_questions()
    {
        var listed = QuestionRow().Matches(Section("Where the real behaviour is unknown")).Select(row => row.Groups["switch"].Value).ToList();
        Assert.Distinct(listed);
        var existing = typeof(SimulatedBehavior).GetProperties().Select(property => property.Name).ToList();
        AssertNone("switches that the page does not tell of", existing.Except(listed));
        var known = existing.Concat(typeof(SimulatorOptions).GetProperties().Select(property => property.Name));
        AssertNone("told of, but no switch", listed.Except(known));
    }

    [Fact]
    public void Every_switch_that_stands_for_a_fact_is_in_the_table_of_open_questions()
    {
        var questions = Section("Where the real behaviour is unknown");
        AssertNone(
            "switches of facts that no question names",
            FactPage.Load().Facts.SelectMany(fact => fact.Switches).Where(name => !questions.Contains($"`{name}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_call_of_the_control_API_is_told_of()
    {
        var told = ControlRow().Matches(Section("Control API"))
            .SelectMany(row => Verb().Matches(row.Groups["verbs"].Value).Select(verb => $"{verb.Value} {row.Groups["path"].Value}"));
        var mapped = FactPage.ReadSources("src/AffinityDurable.Simulator/Control").SelectMany(source => Route().Matches(source))
            .Select(route => $"{route.Groups["verb"].Value.ToUpperInvariant()} {Parameter().Replace(route.Groups["path"].Value, "{id}")}").ToList();
        Assert.NotEmpty(mapped);
        Assert.Equal(mapped.Order(StringComparer.Ordinal), told.Select(call => Parameter().Replace(call, "{id}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_seed_on_the_page_is_one()
    {
        var json = JsonBlock().Match(Section("Seed files")).Groups["json"].Value;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var tenant = await SeedFile.LoadAsync(stream);
        var list = tenant.Lists.Single();
        var entry = list.Entries.Single();
        Assert.Equal([12.5, "Seed", new DateTimeOffset(2026, 7, 1, 7, 0, 0, TimeSpan.Zero)], new[] { "field-1001", "field-1002", "field-1003" }
            .Select(id => entry.Get(list.FindField(id)!)));
        Assert.Equal("simulated-affinity-key", tenant.ApiKeys.Single().Secret);
    }

    private static string Section(string title)
    {
        var start = Text.IndexOf($"\n## {title}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"There is no section '{title}'.");
        var end = Text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return Text[start..(end < 0 ? Text.Length : end)];
    }

    private static void AssertNone(string what, IEnumerable<string> found) => FactTableTests.AssertNone(what, found);

    [GeneratedRegex(@"^\|[^|]*\|[^|]*\| `(?<switch>\w+)`[^|]*\|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex QuestionRow();

    [GeneratedRegex(@"^\| (?<verbs>(`[A-Z]+`, )*`[A-Z]+) (?<path>[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ControlRow();

    [GeneratedRegex("[A-Z]+")]
    private static partial Regex Verb();

    [GeneratedRegex(@"Map(?<verb>Get|Put|Post|Patch|Delete)\(""/_sim/(?<path>[^""]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Route();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex JsonBlock();
}
