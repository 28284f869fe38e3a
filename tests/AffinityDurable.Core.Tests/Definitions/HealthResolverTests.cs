using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>Health rules against the mapped fields and the list.</summary>
public sealed class HealthResolverTests
{
    private static readonly AffinityField[] Fields =
    [
        new("field-1", "Runway", "list", "number"),
        new("field-2", "Valued", "list", "datetime"),
        new("field-3", "Notes", "list", "text"),
        new("field-4", "Health", "list", "dropdown"),
        new("field-5", "Traffic light", "list", "ranked-dropdown"),
        new("field-6", "Industry", "enriched", "dropdown", "affinity-data"),
        new("field-7", "Stage", "list", "dropdown"),
    ];

    private static readonly Dictionary<string, IReadOnlyList<DropdownOption>> Options = new(StringComparer.Ordinal)
    {
        ["field-4"] = [new(51, "ok"), new(52, " At Risk ")],
        ["field-5"] = [new(61, "Green"), new(62, "OK")],
        ["field-7"] = [new(71, "OK"), new(72, "At risk")],
    };

    [Fact]
    public void Rules_lead_to_the_mapped_fields_and_the_state_to_its_options()
    {
        var sync = Resolve(new() { Rules = [new() { Field = "VALUED", StaleDays = 365 }, new() { Field = "field-1", Below = 6 }], WriteTo = "health" }).Require();

        Assert.Equal([1, 0], sync.Health!.Rules.Select(rule => rule.Column));
        Assert.Equal((51L, 52L), (sync.Health.WriteTo!.Ok, sync.Health.WriteTo.AtRisk));
        Assert.Equal(["field-1", "field-2", "field-3", "field-7", "field-4"], sync.EveryField.Select(field => field.Field.Id));
        Assert.Equal(["field-1", "field-2", "field-3", "field-7"], sync.Fields.Select(field => field.Field.Id));
    }

    [Fact]
    public void The_options_of_the_field_that_keeps_the_state_are_needed_before()
    {
        var definition = Definition(new() { Rules = [new() { Field = "Runway", Below = 6 }], WriteTo = "Health" });

        Assert.Contains("field-4", DefinitionResolver.MappedFields(definition, Fields).Select(field => field.Id));
    }

    [Fact]
    public void A_rule_about_a_field_that_is_not_mapped_is_told_with_its_line()
    {
        var problem = Problem(new() { Rules = [new() { Field = "Burn", Below = 6, Line = 12 }] });

        Assert.Equal((DefinitionErrors.HealthFieldNotMapped.Id, "portfolio.yaml", 12), (problem.Code, problem.File, problem.Line));
    }

    [Fact]
    public void A_condition_that_does_not_fit_the_type_of_its_field_is_told()
    {
        HealthRule[] rules = [new() { Field = "Notes", Below = 6 }, new() { Field = "Valued", Above = 6 }, new() { Field = "Runway", StaleDays = 6 }];

        Assert.All(rules, rule => Assert.Equal(DefinitionErrors.HealthRuleDoesNotFit.Id, Problem(new() { Rules = [rule] }).Code));
        Assert.True(Resolve(new() { Rules = [new() { Field = "Notes", Missing = true }] }).Succeeded);
    }

    [Theory]
    [InlineData("Notes", "AFF138", "it is of the type text")]
    [InlineData("Stage", "AFF138", "a column goes into it")]
    [InlineData("Traffic light", "AFF138", "it has no option 'At risk'")]
    [InlineData("Industry", "AFF411", "enriched")]
    [InlineData("Helth", "AFF130", "no field 'Helth'")]
    public void A_field_that_cannot_keep_the_state_is_told_with_its_line(string writeTo, string code, string message)
    {
        var problem = Problem(new() { Rules = [new() { Field = "Runway", Below = 6 }], WriteTo = writeTo, WriteToLine = 14 });

        Assert.Equal((code, "portfolio.yaml", 14), (problem.Code, problem.File, problem.Line));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_another_sync_writes_is_a_conflict()
    {
        var definition = Definition(new() { Rules = [new() { Field = "Runway", Below = 6 }], WriteTo = "Health", WriteToLine = 14 });
        var other = Definition(null) with { Sync = "other", File = "other.yaml", Fields = [new FieldMapping { Field = "Health", Column = "h", Line = 4 }] };

        Assert.Equal(DefinitionErrors.FieldConflict.Id, Assert.Single(SyncConflicts.Find([definition, other])).Code);
        Assert.Equal(
            DefinitionErrors.FieldConflict.Id,
            Assert.Single(SyncConflicts.Find([ResolveAll(definition).Require(), ResolveAll(other).Require()])).Code);
    }

    private static SyncDefinition Definition(HealthDefinition? health) => new()
    {
        Sync = "portfolio",
        ListId = 77,
        Sources = [new SourceDefinition { Type = "csv" }],
        Match = [new MatchRule(MatchKey.EntryId, "entry_id")],
        Fields = [.. new[] { "Runway", "Valued", "Notes", "Stage" }.Select(name => new FieldMapping { Field = name, Column = "c", Line = 9 })],
        Health = health,
        File = "portfolio.yaml",
    };

    private static Resolution Resolve(HealthDefinition health) => ResolveAll(Definition(health));

    private static Resolution ResolveAll(SyncDefinition definition) =>
        DefinitionResolver.Resolve(definition, new AffinityList(77, "Portfolio", "company"), Fields, Options);

    private static Problem Problem(HealthDefinition health) => Assert.Single(Resolve(health).Problems);
}
