using System.Text.Json;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Tests.Definitions;

public sealed class DefinitionResolverTests
{
    private static readonly AffinityList Companies = new(77, "Portfolio", "company");

    private static readonly AffinityField[] Fields =
    [
        new("field-1", "ARR", "list", "number"),
        new("field-2", "Stage", "list", "ranked-dropdown"),
        new("field-3", "Tags", "list", "dropdown-multi"),
        new("field-4", "Industry", "global", "dropdown"),
        new("affinity-data-industry", "Industry", "enriched", "filterable-text-multi", "affinity-data"),
        new("affinity-data-description", "Description", "enriched", "text", "affinity-data"),
        new("field-5", "Margin", "list", "formula-number"),
        new("field-6", "Board date", "list", "datetime"),
        new("field-7", "owner", "list", "person"),
        new("field-8", "Owner", "list", "person"),
        new("last-contact", "Last Contact", "relationship-intelligence", "interaction"),
        new("field-9", "Future", "list", "hologram"),
        new("field-20", "Health", "list", "dropdown"),
        new("field-21", "HQ", "list", "location"),
        new("field-22", "Parent", "list", "company-multi"),
    ];

    private static readonly Dictionary<string, IReadOnlyList<DropdownOption>> Options = new(StringComparer.Ordinal)
    {
        ["field-2"] = [new(31, "Seed"), new(32, "Series A")],
        ["field-20"] = [new(51, "ok"), new(52, "At Risk"), new(53, "Other")],
    };

    [Theory]
    [InlineData("field-1", "field-1")]
    [InlineData("ARR", "field-1")]
    [InlineData("arr", "field-1")]
    [InlineData("board DATE", "field-6")]
    [InlineData("owner", "field-7")]
    [InlineData("Owner", "field-8")]
    [InlineData("field-4", "field-4")]
    public void A_field_is_found_by_id_then_name_then_name_in_any_case(string name, string id) =>
        Assert.Equal(id, Assert.Single(Resolve(Mapping(name)).Require().Fields).Field.Id);

    [Fact]
    public void A_field_that_does_not_exist_is_reported_with_the_near_ones()
    {
        var problem = Problem("AFF130", Mapping("Satge"));

        Assert.Contains("'Stage'", problem.Cure, StringComparison.Ordinal);
        Assert.Equal(("portfolio.yaml", 9), (problem.File, problem.Line));
    }

    [Theory]
    [InlineData("Industry", "field-4", "affinity-data-industry")]
    [InlineData("OWNER", "field-7", "field-8")]
    public void A_name_of_several_fields_is_reported_with_their_ids(string name, string first, string second)
    {
        var problem = Problem("AFF131", Mapping(name));

        Assert.Contains(first, problem.Message, StringComparison.Ordinal);
        Assert.Contains(second, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Margin", "AFF410")]
    [InlineData("Future", "AFF410")]
    [InlineData("Last Contact", "AFF410")]
    [InlineData("Description", "AFF411")]
    public void Fields_that_cannot_be_written_are_refused(string name, string code) => Assert.Equal(9, Problem(code, Mapping(name)).Line);

    [Fact]
    public void An_enriched_field_is_written_only_on_purpose() =>
        Assert.True(Resolve(Mapping("Description") with { OverrideEnriched = true }).Succeeded);

    [Theory]
    [InlineData("ARR", "currency", true)]
    [InlineData("ARR", "dd/MM/yyyy", false)]
    [InlineData("Board date", "dd/MM/yyyy", true)]
    [InlineData("Board date", "currency", false)]
    [InlineData("Stage", "currency", false)]
    public void A_format_fits_the_type_of_the_field(string name, string format, bool fits) =>
        Assert.Equal(fits ? [] : ["AFF135"], Resolve(Mapping(name) with { Format = format }).Problems.Select(problem => problem.Code));

    [Fact]
    public void A_name_and_an_id_of_one_field_are_one_mapping_too_many()
    {
        var problem = Problem("AFF132", Mapping("ARR"), Mapping("field-1") with { Line = 10 });

        Assert.Equal(10, problem.Line);
        Assert.Contains("'ARR' and 'field-1'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("company", "EntryId,CompanyId,Domain,Field")]
    [InlineData("person", "EntryId,PersonId,Email,Field")]
    [InlineData("opportunity", "EntryId,Field")]
    public void Match_keys_fit_the_type_of_the_list(string type, string fitting)
    {
        var list = Companies with { Type = type };
        var passed = Enum.GetValues<MatchKey>().Where(key => Resolve(list, [new MatchRule(key, "c") { Field = "ARR", Line = 7 }], Mapping("ARR")).Succeeded);

        Assert.Equal(fitting, string.Join(',', passed));
    }

    [Fact]
    public void A_match_key_that_does_not_fit_is_reported_as_it_is_written()
    {
        var problem = Assert.Single(Resolve(Companies, [new MatchRule(MatchKey.PersonId, "c") { Line = 7 }], Mapping("ARR")).Problems);

        Assert.Equal((DefinitionErrors.MatchDoesNotFit.Id, 7), (problem.Code, problem.Line));
        Assert.Contains("'personId'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_list_than_the_one_named_is_refused() =>
        Assert.Equal("AFF134", Assert.Single(Resolve(Companies with { Id = 78 }, [new MatchRule(MatchKey.EntryId, "c")], Mapping("ARR")).Problems).Code);

    [Fact]
    public void Everything_wrong_is_reported_at_once_by_line() =>
        Assert.Equal(
            [("AFF133", 7), ("AFF410", 9), ("AFF130", 10), ("AFF131", 11)],
            Resolve(
                Companies,
                [new MatchRule(MatchKey.PersonId, "c") { Line = 7 }],
                Mapping("Industry") with { Line = 11 },
                Mapping("Margin"),
                Mapping("Wibble") with { Line = 10 }).Problems.Select(problem => (problem.Code, problem.Line!.Value)));

    [Fact]
    public void The_fields_whose_options_are_needed_are_known_before() =>
        Assert.Equal(["field-2", "field-1"], DefinitionResolver.MappedFields(Definition([], Mapping("Stage"), Mapping("ARR"), Mapping("Wibble"), Mapping("field-1")), Fields).Select(field => field.Id));

    [Fact]
    public void A_resolved_sync_survives_being_frozen()
    {
        var definition = DefinitionParser.Parse(File.ReadAllText(SampleFiles.Path("portfolio-metrics.yaml")), "portfolio-metrics.yaml", Types.All).Require();
        var fields = Fields.Append(new AffinityField("field-12", "Labels", "list", "dropdown-multi")).Append(new AffinityField("field-13", "Burn", "list", "number")).ToList();
        var sync = DefinitionResolver.Resolve(definition, Companies, fields, Options).Require();

        var json = JsonSerializer.Serialize(sync, RunJson.Options);
        var thawed = JsonSerializer.Deserialize<ResolvedSync>(json, RunJson.Options)!;

        Assert.Equal(json, JsonSerializer.Serialize(thawed, RunJson.Options));
        Assert.Equal(sync.List, thawed.List);
        Assert.Equivalent(sync.Definition.Fields, thawed.Definition.Fields, strict: true);
        Assert.Equal(sync.Definition.Match, thawed.Definition.Match);
        Assert.Equal(sync.Definition.RecheckAfter, thawed.Definition.RecheckAfter);
        Assert.Equivalent(sync.Fields.Select(field => field.Mapping), thawed.Fields.Select(field => field.Mapping), strict: true);
        Assert.Equal(sync.Fields.Select(field => field.Field), thawed.Fields.Select(field => field.Field));
        Assert.Equal(Options["field-2"], thawed.Fields[1].Options);
        Assert.Equal(sync.Health!.Rules, thawed.Health!.Rules);
        Assert.Equal((51L, 52L), (thawed.Health.WriteTo!.Ok, thawed.Health.WriteTo.AtRisk));
        Assert.Equal(sync.EveryField.Select(field => field.Field), thawed.EveryField.Select(field => field.Field));
    }

    [Fact]
    public void A_resolved_field_coerces_as_its_mapping_says()
    {
        var stage = Resolve(Mapping("Stage")).Require().Fields[0];
        var arr = Resolve(Mapping("ARR") with { Format = "currency decimalComma" }).Require().Fields[0];

        Assert.Equal(new OptionValue(32), stage.ValueType().Coerce("Series A", stage.CoercionContext(TimeZoneInfo.Utc)).Value);
        Assert.Equal(new NumberValue(1234.5m), arr.ValueType().Coerce("1.234,5 EUR", arr.CoercionContext(TimeZoneInfo.Utc)).Value);
    }

    [Fact]
    public void Two_syncs_that_reach_one_field_by_name_and_by_id_conflict()
    {
        var first = Resolve(Mapping("ARR")).Require();
        var second = Resolve(Mapping("field-1") with { Line = 12 }).Require();
        second = second with { Definition = second.Definition with { Sync = "other", File = "other.yaml" } };

        var problem = Assert.Single(SyncConflicts.Find([first, second]));

        Assert.Equal((DefinitionErrors.FieldConflict.Id, "other.yaml", 12), (problem.Code, problem.File, problem.Line));
        Assert.Contains("'portfolio-metrics' (portfolio.yaml, line 9)", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'other'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_of_a_list_do_not_conflict_across_lists_but_those_of_companies_do()
    {
        var first = Resolve(Mapping("ARR"), Mapping("field-4")).Require();
        var second = first with { List = Companies with { Id = 78 }, Definition = first.Definition with { Sync = "other", ListId = 78 } };

        var problem = Assert.Single(SyncConflicts.Find([first, second]));

        Assert.Contains("field-4", problem.Message, StringComparison.Ordinal);
        Assert.Contains("every company", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ARR", null, null)]
    [InlineData("Description", null, null)]
    [InlineData("Parent", CompanyKey.Domain, null)]
    [InlineData("HQ", null, "AFF150")]
    [InlineData("Margin", null, "AFF150")]
    [InlineData("ARR", CompanyKey.Domain, "AFF150")]
    [InlineData("Wibble", null, "AFF130")]
    public void Rows_match_by_fields_that_hold_something_to_compare(string field, CompanyKey? through, string? code)
    {
        var resolution = Resolve(Companies, [new MatchRule(MatchKey.Field, "c") { Field = field, Through = through, Line = 7 }], Mapping("ARR"));

        Assert.Equal(code, resolution.Problems.SingleOrDefault()?.Code);
        Assert.All(resolution.Problems, problem => Assert.Equal(7, problem.Line));
        Assert.Equal(code is null ? [0] : [], (resolution.Sync?.Keys ?? []).Select(key => key.Rule));
    }

    [Fact]
    public void What_is_read_holds_every_field_once() => Assert.Equal(
        ["field-1", "field-6", "field-2"],
        DefinitionResolver.Resolve(
            Definition([new MatchRule(MatchKey.Field, "c") { Field = "ARR" }, new MatchRule(MatchKey.Field, "d") { Field = "Board date" }], Mapping("ARR")) with
            {
                Scope = new ScopeDefinition { Where = new ScopeCondition("Stage") { Is = ["seed"] } },
            },
            Companies,
            Fields,
            Options).Require().ReadFields.Select(read => read.Id));

    [Theory]
    [InlineData("Stage", "Seed", null)]
    [InlineData("Stage", "Sed", "AFF153")]
    [InlineData("ARR", "much", "AFF153")]
    [InlineData("HQ", "London", "AFF153")]
    [InlineData("Wibble", "x", "AFF130")]
    public void A_scope_asks_for_values_that_its_field_can_have(string field, string value, string? code)
    {
        var definition = Definition([new MatchRule(MatchKey.EntryId, "c")], Mapping("ARR")) with { Scope = new ScopeDefinition { Where = new ScopeCondition(field) { IsNot = [value], Line = 6 } } };
        var problem = DefinitionResolver.Resolve(definition, Companies, Fields, Options).Problems.SingleOrDefault();

        Assert.Equal((code, code is null ? null : 6), (problem?.Code, problem?.Line));
    }

    [Theory]
    [InlineData("Parent", ReferenceKey.Domain, null)]
    [InlineData("Parent", ReferenceKey.ExactName, null)]
    [InlineData("field-8", ReferenceKey.Email, null)]
    [InlineData("field-8", ReferenceKey.Domain, "AFF155")]
    [InlineData("Parent", ReferenceKey.Email, "AFF155")]
    [InlineData("ARR", ReferenceKey.ExactName, "AFF155")]
    public void Whom_cells_name_has_to_be_what_the_field_holds(string field, ReferenceKey resolve, string? code) =>
        Assert.Equal(code, Resolve(Mapping(field) with { Resolve = resolve }).Problems.SingleOrDefault()?.Code);

    private static FieldMapping Mapping(string field) => new() { Field = field, Column = "c", Line = 9 };

    private static SyncDefinition Definition(IReadOnlyList<MatchRule> match, params FieldMapping[] fields) => new()
    {
        Sync = "portfolio-metrics",
        ListId = 77,
        Sources = [new SourceDefinition { Type = "csv" }],
        Match = match,
        Fields = fields,
        File = "portfolio.yaml",
    };

    private static Resolution Resolve(AffinityList list, IReadOnlyList<MatchRule> match, params FieldMapping[] fields) =>
        DefinitionResolver.Resolve(Definition(match, fields), list, Fields, Options);

    private static Resolution Resolve(params FieldMapping[] fields) => Resolve(Companies, [new MatchRule(MatchKey.EntryId, "entry_id")], fields);

    private static Problem Problem(string code, params FieldMapping[] fields)
    {
        var problem = Assert.Single(Resolve(fields).Problems);
        Assert.Equal(code, problem.Code);
        return problem;
    }
}
