using AffinityDurable.Core.Definitions;
using CsCheck;
using static AffinityDurable.Core.Tests.Definitions.PortfolioText;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>What of YAML a definition may be made of, and that no text breaks the parser.</summary>
public sealed class DefinitionYamlTests
{
    [Theory]
    [InlineData("a: b: c", 1)]
    [InlineData("sync: x\nlist: [77\nfields: x\n", 3)]
    [InlineData("sync: x\n\tlist: 77\n", 2)]
    [InlineData("sync: x\nsource:\n\ttype: csv\n", 3)]
    [InlineData("sync: 'x\n", 1)]
    [InlineData("sync: @x\n", 1)]
    public void Broken_yaml_is_one_problem_with_its_line(string yaml, int line)
    {
        var problem = Problem("AFF101", yaml);

        Assert.InRange(problem.Line!.Value, line, line + 1);
    }

    [Fact]
    public void A_tab_as_indentation_is_named() =>
        Assert.Equal(("The line is indented with a tab.", 3), (Problem("AFF101", "sync: x\nsource:\n\ttype: csv\n") is var problem ? (problem.Message, problem.Line) : default));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("...\n")]
    [InlineData("just text\n")]
    [InlineData("- a\n")]
    [InlineData("77\n")]
    public void A_file_without_keys_is_refused(string yaml) => Assert.Equal("AFF107", Assert.Single(Problems(yaml)).Code);

    [Theory]
    [InlineData("sync: &a portfolio-metrics\nlist: 77\ntimeZone: *a", 3)]
    [InlineData("sync: !!str portfolio-metrics", 1)]
    [InlineData("sync: x\n---\nsync: y\n", 2)]
    public void Aliases_tags_and_more_documents_are_refused(string yaml, int line) =>
        Assert.Equal(line, Problems(yaml).First(problem => problem.Code == "AFF102").Line);

    [Fact]
    public void An_alias_bomb_costs_nothing()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"b{i}: &b{i} [*a,*a,*a,*a,*a,*a,*a,*a]\n"));

        Assert.Equal(160, Problems(bomb).Count(problem => problem.Code == "AFF102"));
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Equal("AFF103", Assert.Single(Problems("a: " + new string('[', 100_000))).Code);

    [Fact]
    public void More_than_a_megabyte_is_refused() =>
        Assert.Equal("AFF103", Assert.Single(Problems(Valid + "#" + new string('x', 1024 * 1024))).Code);

    [Fact]
    public void A_byte_order_mark_and_Windows_line_ends_do_not_matter() =>
        Assert.Empty(Problems("\uFEFF" + Valid.Replace("\n", "\r\n", StringComparison.Ordinal)));

    /// <summary>Whatever a file holds, the answer is a list of problems.</summary>
    [Fact]
    public void No_text_breaks_the_parser()
    {
        var sample = File.ReadAllText(SampleFiles.Path("portfolio-metrics.yaml"));
        string[] pieces = ["[", "]", "{", "}", ":", ": ", "- ", "\n", "\t", "'", "\"", "*a", "&a ", "!", "|", ">", "#", "%", "@", "?", ",", "\0", "ü", "---\n", "...", "null", "<<: ", "\uD800"];
        var piece = Gen.Int[0, pieces.Length - 1].Select(index => pieces[index]);
        var edit = Gen.Select(Gen.Int[0, sample.Length - 10], Gen.Int[0, 9], piece.List[0, 3]);
        edit.List[1, 4].Sample(
            edits =>
            {
                var text = edits.Aggregate(sample, (current, e) => current.Length < e.Item1 + e.Item2 ? current : current.Remove(e.Item1, e.Item2).Insert(e.Item1, string.Concat(e.Item3)));
                var parsed = DefinitionParser.Parse(text, "a.yaml", Types.All);
                return parsed.Succeeded == (parsed.Problems.Count == 0);
            },
            iter: 20_000);
    }
}
