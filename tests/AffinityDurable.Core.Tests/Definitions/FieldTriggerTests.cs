using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>What of a definition says which events start runs.</summary>
public sealed class FieldTriggerTests
{
    private const string Base = "sync: x\nlist: 77\nsource: { type: csv, path: a.csv }\nmatch: [{ entryId: id }]\nfields: { ARR: arr }\n";

    private static readonly AffinityField[] Fields =
    [
        new("field-1", "ARR", "list", "number"),
        new("field-2", "Status", "list", "ranked-dropdown"),
        new("field-3", "Owners", "list", "person-multi"),
        new("field-4", "Industry", "enriched", "dropdown", "affinity-data"),
        new("field-5", "Sector", "global", "dropdown"),
        new("field-6", "HQ", "list", "location"),
        new("field-7", "Tags", "list", "dropdown-multi"),
    ];

    private static readonly Dictionary<string, IReadOnlyList<DropdownOption>> Options = new(StringComparer.Ordinal)
    {
        ["field-2"] = [new(21, "Evaluating"), new(22, "Passed")],
        ["field-7"] = [new(71, "Hot")],
    };

    [Fact]
    public void One_rule_and_a_list_of_rules_are_understood()
    {
        var one = Parse("onNewEntry: true\nonField: { name: Status, becomes: Evaluating }");
        var several = Parse("onField:\n  - { name: Status, becomes: [Evaluating, Passed] }\n  - { name: Owners }");

        Assert.True(one.OnNewEntry);
        Assert.Equal(["Evaluating"], Assert.Single(one.OnField).Becomes);
        Assert.False(several.OnNewEntry);
        Assert.Equal([("Status", "Evaluating Passed"), ("Owners", "-")], several.OnField.Select(rule => (rule.Name, string.Join(' ', rule.Becomes ?? ["-"]))));
        Assert.Equal([7, 8], several.OnField.Select(rule => rule.Line!.Value));
    }

    [Theory]
    [InlineData("onField: Status", "AFF156")]
    [InlineData("onField: []", "AFF156")]
    [InlineData("onField: [Status]", "AFF156")]
    [InlineData("onField: { becomes: Evaluating }", "AFF105")]
    [InlineData("onField: { name: Status, becomes: { is: x } }", "AFF107")]
    [InlineData("onField: { name: Status, becomes: [] }", "AFF107")]
    [InlineData("onField: { name: Status, is: x }", "AFF104")]
    [InlineData("onNewEntry: yes please", "AFF107")]
    public void Anything_else_is_told(string lines, string code)
    {
        var problems = DefinitionParser.Parse(Base + lines, "x.yaml", Types.All).Problems;

        Assert.Contains(problems, problem => problem.Code == code);
    }

    [Fact]
    public void Rules_lead_to_their_fields()
    {
        var sync = Resolve("onField:\n  - { name: status, becomes: [evaluating] }\n  - { name: field-3 }\n  - { name: Tags, becomes: Hot }").Require();

        Assert.Equal(["field-2", "field-3", "field-7"], sync.OnField.Select(trigger => trigger.Field.Id));
    }

    [Fact]
    public void The_options_of_a_field_that_is_to_become_something_are_needed_before()
    {
        var definition = Parse("onField:\n  - { name: Status, becomes: Evaluating }\n  - { name: Tags }");

        Assert.Equal(["field-1", "field-2"], DefinitionResolver.MappedFields(definition, Fields).Select(field => field.Id));
    }

    [Theory]
    [InlineData("{ name: Status, becomes: Evaluated }", "AFF157", "'Evaluated' cannot be a value of \"Status\"")]
    [InlineData("{ name: HQ, becomes: London }", "AFF157", "is of the type location")]
    [InlineData("{ name: ARR }", "AFF158", "which it writes|starts runs of this sync")]
    [InlineData("{ name: Industry }", "AFF159", "a field of the type enriched")]
    [InlineData("{ name: Sector }", "AFF159", "a field of the type global")]
    [InlineData("{ name: Statuss }", "AFF130", "no field 'Statuss'")]
    public void A_rule_that_cannot_work_is_told_with_its_line(string rule, string code, string message)
    {
        var problem = Assert.Single(Resolve("onField: " + rule).Problems);

        Assert.Equal((code, "x.yaml", 6), (problem.Code, problem.File, problem.Line));
        Assert.Contains(message.Split('|'), part => problem.Message.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void On_another_list_nothing_starts_by_itself()
    {
        var tried = DefinitionResolver.OnAnotherList(Parse("onNewEntry: true\nonField: { name: Status }"), 78, Fields);

        Assert.False(tried.OnNewEntry);
        Assert.Empty(tried.OnField);
    }

    private static SyncDefinition Parse(string lines) => DefinitionParser.Parse(Base + lines, "x.yaml", Types.All).Require();

    private static Resolution Resolve(string lines) =>
        DefinitionResolver.Resolve(Parse(lines), new AffinityList(77, "Deals", "company", true), Fields, Options);
}
