using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Tests.Values;

public sealed class FieldWriteRulesTests
{
    [Theory]
    [InlineData("formula-number")]
    [InlineData("interaction")]
    [InlineData("list-multi")]
    [InlineData("note")]
    [InlineData("reminder")]
    public void Read_only_types_are_refused(string valueType)
    {
        Assert.True(AffinityValueTypes.IsReadOnly(valueType));
        Assert.Equal("AFF410", Refusal(new AffinityField("field-1", "X", "list", valueType), overrideEnriched: true));
    }

    [Theory]
    [InlineData("status-dropdown")]
    [InlineData("text-multi")]
    [InlineData("hologram")]
    public void Types_that_this_version_does_not_know_are_refused(string valueType)
    {
        Assert.False(AffinityValueTypes.IsReadOnly(valueType));
        Assert.Equal("AFF410", Refusal(new AffinityField("field-1", "X", "list", valueType), overrideEnriched: true));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("global")]
    public void Every_writable_type_may_be_mapped(string type) =>
        Assert.All(AffinityValueTypes.All, valueType => Assert.Null(Refusal(new AffinityField("field-1", "X", type, valueType.Name), overrideEnriched: false)));

    [Fact]
    public void Enriched_fields_need_the_override()
    {
        var field = new AffinityField("affinity-data-year-founded", "Year founded", "enriched", "number", "affinity-data");

        Assert.Equal("AFF411", Refusal(field, overrideEnriched: false));
        Assert.Null(Refusal(field, overrideEnriched: true));
    }

    [Theory]
    [InlineData("first-email", "relationship-intelligence", "datetime")]
    [InlineData("created-at", "enriched", "datetime")]
    [InlineData("time-in-current-status", "enriched", "datetime")]
    [InlineData("field-1", "of-the-future", "text")]
    public void Fields_that_Affinity_keeps_itself_are_never_written(string id, string type, string valueType) =>
        Assert.Equal("AFF412", Refusal(new AffinityField(id, "X", type, valueType), overrideEnriched: true));

    [Fact]
    public void There_are_fifteen_writable_types() =>
        Assert.Equal(
            [
                "company", "company-multi", "datetime", "dropdown", "dropdown-multi", "filterable-text", "filterable-text-multi", "location",
                "location-multi", "number", "number-multi", "person", "person-multi", "ranked-dropdown", "text",
            ],
            AffinityValueTypes.All.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Codes_are_unique_and_belong_to_their_area()
    {
        Assert.Equal(ErrorCodes.All.Count, ErrorCodes.All.Select(code => code.Id).Distinct().Count());
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.StartsWith("AFF5", AffinityErrors.Of(kind).Id, StringComparison.Ordinal));
        Assert.Equal(Enum.GetValues<FaultKind>().Length, Enum.GetValues<FaultKind>().Select(AffinityErrors.Of).Distinct().Count());
    }

    private static string? Refusal(AffinityField field, bool overrideEnriched) => FieldWriteRules.Refusal(field, overrideEnriched)?.Code;
}
