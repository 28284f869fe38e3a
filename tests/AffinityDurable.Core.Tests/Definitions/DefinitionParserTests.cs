using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;
using static AffinityDurable.Core.Tests.Definitions.PortfolioText;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>A definition as a whole.</summary>
public sealed class DefinitionParserTests
{
    [Fact]
    public void Every_key_is_read()
    {
        var definition = Sample("portfolio-metrics.yaml");

        Assert.Equal(("portfolio-metrics", 77), (definition.Sync, definition.ListId));
        Assert.Equal(("csv", "exports/portfolio.csv", Delivery.All), (definition.Sources[0].Type, definition.Sources[0].Place, definition.Sources[0].Delivers));
        Assert.Equal(
            [("type", "csv"), ("path", "exports/portfolio.csv"), ("delimiter", ";"), ("query", "select * from source where fund = 'II'"), ("delivers", "all")],
            definition.Sources[0].Settings.Entries.Select(entry => (entry.Key, ((YamlText)entry.Value).Value)));
        Assert.Equal([(MatchKey.EntryId, "entry_id"), (MatchKey.CompanyId, "company_id"), (MatchKey.Domain, "website")], definition.Match.Select(rule => (rule.By, rule.Column)));
        Assert.Equal(
            [
                new FieldMapping { Field = "ARR", Column = "arr_usd", Line = 15 },
                new FieldMapping { Field = "Stage", Column = "stage", OnNull = OnNull.Clear, OnUnknownOption = OnUnknownOption.Reject, Line = 16 },
                new FieldMapping { Field = "field-12", Column = "tags", Separator = "|", OverrideEnriched = true, Line = 17 },
                new FieldMapping { Field = "Burn", Column = "burn", Format = "currency decimalComma", OnConflict = OnConflict.HumanWins, MaxFactor = 10, MaxDelta = 5_000_000, Line = 18 },
            ],
            definition.Fields);
        Assert.Equal(new ScheduleDefinition { Cron = "0 2 * * *", TimeZone = "Europe/London", GraceHours = 6 }, definition.Schedule);
        Assert.Equal((80, 6, TimeSpan.FromMinutes(15)), (definition.MinuteSharePercent, definition.MaxParallelBatches, definition.RecheckAfter));
        Assert.Equal(("Europe/London", 0), (definition.TimeZone, definition.TolerateRejects));
        Assert.Equal(new GuardDefinition { MaxUnmatchedPercent = 60 }, definition.Guards);
        Assert.Equal((SyncActivity.Active, ApprovalRule.OnGuardBreach, TimeSpan.FromHours(12)), (definition.State, definition.Approval, definition.ApprovalTimeout));
        Assert.Equal((5, Verification.Changed, "Health"), (definition.Canary, definition.Verify, definition.Health!.WriteTo));
        Assert.Equal(
            [new HealthRule { Field = "ARR", Below = 100_000, Line = 47 }, new HealthRule { Field = "Burn", Missing = true, Line = 48 }],
            definition.Health.Rules);
    }

    [Fact]
    public void Keys_that_are_left_out_have_their_defaults()
    {
        var definition = Sample("smallest.yml");

        Assert.Equal(new ScheduleDefinition(), definition.Schedule);
        Assert.Equal(new GuardDefinition(), definition.Guards);
        Assert.Equal((80, 6, TimeSpan.FromMinutes(15)), (definition.MinuteSharePercent, definition.MaxParallelBatches, definition.RecheckAfter));
        Assert.Equal(("UTC", 0, Delivery.All), (definition.TimeZone, definition.TolerateRejects, definition.Sources[0].Delivers));
        Assert.Equal(new FieldMapping { Field = "ARR", Column = "arr_usd", Line = 9 }, Assert.Single(definition.Fields));
    }

    [Fact]
    public void Values_other_than_the_defaults_are_taken_over()
    {
        var definition = Sample("people.yaml");

        Assert.Equal(Delivery.Changes, definition.Sources[0].Delivers);
        Assert.Equal([("field-2024", "2024", null), ("Last contacted", "last_contacted", "dd/MM/yyyy")], definition.Fields.Select(field => (field.Field, field.Column, field.Format)));
        Assert.Equal((TimeSpan.FromMinutes(90), 12.5), (definition.RecheckAfter, definition.Guards.MaxOverwrittenPercent));
        Assert.Equal(("30 6 * * MON-FRI", "America/New_York"), (definition.Schedule.Cron, definition.Schedule.TimeZone));
    }

    [Fact]
    public void Ten_mistakes_give_ten_problems_with_their_lines()
    {
        var problems = Problems("""
            sync: Portfolio Metrics
            list: http://acme.affinity.co/lists/77
            source:
              type: csvv
              delivers: everything
            match:
              - website: domain
            fields:
              ARR: arr_usd
              ARR: arr_eur
              Stage: { from: stage, onNul: clear }
            schedule: { cron: "0 2 * *", timeZone: Europe/Londn }
            minuteShare: 180
            """);

        Assert.Equal(
            [
                ("AFF110", 1), ("AFF111", 2), ("AFF108", 4), ("AFF108", 5), ("AFF108", 7),
                ("AFF116", 10), ("AFF104", 11), ("AFF113", 12), ("AFF114", 12), ("AFF109", 13),
            ],
            problems.Select(problem => (problem.Code, problem.Line!.Value)));
        Assert.All(problems, problem => Assert.Equal("portfolio.yaml", problem.File));
        Assert.All(problems, problem => Assert.False(string.IsNullOrWhiteSpace(problem.Cure)));
    }

    [Fact]
    public void The_name_is_found_even_where_the_rest_is_wrong()
    {
        Assert.Equal("x", DefinitionParser.SyncOf("sync: x\nwibble: 1\n"));
        Assert.Null(DefinitionParser.SyncOf("wibble: 1\n"));
        Assert.Null(DefinitionParser.SyncOf("sync: [\n"));
    }

    [Fact]
    public void A_definition_with_problems_cannot_be_used_by_mistake()
    {
        var parsed = DefinitionParser.Parse(Valid + "wibble: 1", "a.yaml", Types.All);

        Assert.Null(parsed.Definition);
        Assert.Equal(parsed.Problems, Assert.Throws<ProblemException>(parsed.Require).Problems);
    }

    private static SyncDefinition Sample(string name) =>
        DefinitionParser.Parse(File.ReadAllText(SampleFiles.Path(name)), name, Types.All).Require();
}
