using AffinityDurable.Core.Definitions;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>What definitions say about several sources.</summary>
public sealed class SeveralSourcesTests
{
    [Fact]
    public void Sources_are_read_in_order_with_what_fields_take_from_them()
    {
        var definition = DefinitionParser.Parse(File.ReadAllText(SampleFiles.Path("several-sources.yaml")), "", Types.All).Require();

        Assert.Equal(["warehouse", "preqin"], definition.Sources.Select(source => source.Name));
        Assert.Equal(new AsOfDefinition("as_of", TimeSpan.FromDays(90)), definition.Sources[0].AsOf);
        Assert.Equal(("as_of", null), (definition.Sources[0].LatestBy, definition.Sources[1].LatestBy));
        Assert.Equal("website", Assert.Single(definition.MatchOf(definition.Sources[0])).Column);
        Assert.Equal("firm_website", Assert.Single(definition.MatchOf(definition.Sources[1])).Column);
        Assert.Equal(["arr", "arr_musd"], definition.Sources.Select(definition.Fields[0].ColumnOf));
        Assert.Equal([null, "ownership"], definition.Sources.Select(definition.Fields[1].ColumnOf));
    }

    [Fact]
    public void One_source_needs_no_name_and_its_fields_no_source()
    {
        var definition = DefinitionParser.Parse(File.ReadAllText(SampleFiles.Path("smallest.yml")), "", Types.All).Require();

        var source = Assert.Single(definition.Sources);
        Assert.Equal("source", source.Name);
        Assert.Equal("arr_usd", definition.Fields[0].ColumnOf(source));
        Assert.False(definition.TracksOrigins);
    }

    [Theory]
    [InlineData("sources:", "source: { type: csv, path: a.csv }\nsources:", "AFF140")]
    [InlineData("name: preqin", "name: Preqin", "AFF141,AFF143")]
    [InlineData("name: preqin", "name: warehouse", "AFF142,AFF143")]
    [InlineData("preqin: ownership", "prequin: ownership", "AFF143")]
    [InlineData("from: { preqin: ownership }", "from: ownership", "AFF144")]
    [InlineData("from: { preqin: ownership }", "from: { preqin: ownership }\n    onNull: clear", "")]
    [InlineData("asOf: reported_on", "asOf: reported_on\n    delivers: changes", "")]
    [InlineData("latestBy: as_of", "latestBy: as_of\n    delivers: changes", "")]
    public void What_does_not_hold_together_is_told_by_code(string from, string to, string codes)
    {
        var good = File.ReadAllText(SampleFiles.Path("several-sources.yaml"));
        var changed = good.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(good, changed);

        var problems = DefinitionParser.Parse(changed, "", Types.All).Problems;

        Assert.Equal(codes, string.Join(",", problems.Select(problem => problem.Code).Distinct().Order(StringComparer.Ordinal)));
        Assert.All(problems, problem => Assert.NotNull(problem.Line));
    }

    [Fact]
    public void A_field_that_a_source_of_changes_feeds_cannot_be_cleared()
    {
        var good = File.ReadAllText(SampleFiles.Path("several-sources.yaml"));
        var changed = good.Replace("asOf: reported_on", "delivers: changes", StringComparison.Ordinal) + "    onNull: clear\n";

        var problem = Assert.Single(DefinitionParser.Parse(changed, "", Types.All).Problems);

        Assert.Equal(("AFF145", "Field 'Ownership' says 'onNull: clear', and 'preqin' delivers changes."), (problem.Code, problem.Message));
    }
}
