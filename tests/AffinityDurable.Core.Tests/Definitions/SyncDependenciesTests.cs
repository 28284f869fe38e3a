using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Tests.Definitions;

/// <summary>Which syncs come before which.</summary>
public sealed class SyncDependenciesTests
{
    [Theory]
    [InlineData("dependsOn: b", "b")]
    [InlineData("dependsOn: [b, c]", "b,c")]
    [InlineData("priority: 1", "")]
    public void A_schedule_names_one_sync_or_several(string schedule, string names) =>
        Assert.Equal(names, string.Join(',', Sync("a", schedule).Schedule.DependsOn.Select(dependency => dependency.Sync)));

    [Theory]
    [InlineData("dependsOn: { b: c }")]
    [InlineData("dependsOn: []")]
    [InlineData("dependsOn: [true]")]
    [InlineData("dependsOn: [[b]]")]
    public void Anything_else_is_refused_where_it_stands(string schedule)
    {
        var problem = Assert.Single(Parse("a", schedule).Problems);

        Assert.Equal((DefinitionErrors.WrongType.Id, 6), (problem.Code, problem.Line));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1001)]
    public void A_priority_is_a_number_from_0_to_1000(int priority) =>
        Assert.Equal(DefinitionErrors.OutOfRange.Id, Assert.Single(Parse("a", $"priority: {priority}").Problems).Code);

    [Fact]
    public void Lower_numbers_run_first_and_names_decide_between_equals() =>
        Assert.Equal(["c", "a", "d", "b"], Order(Sync("a"), Sync("b", "priority: 200"), Sync("c", "priority: 1"), Sync("d")));

    [Fact]
    public void What_others_depend_on_runs_before_them_whatever_the_priorities() =>
        Assert.Equal(["z", "m", "a", "b"], Order(Sync("a", "{ priority: 0, dependsOn: m }"), Sync("b", "priority: 1"), Sync("m", "{ priority: 0, dependsOn: z }"), Sync("z", "priority: 0")));

    [Fact]
    public void A_sync_that_is_not_due_holds_nobody_up() =>
        Assert.Equal(["a", "b"], Order(Sync("a", "dependsOn: elsewhere"), Sync("b")));

    [Fact]
    public void A_name_that_there_is_not_is_found_with_its_line()
    {
        var problem = Assert.Single(SyncDependencies.Find([Sync("a", "dependsOn: [b, c]")], ["a", "b"]));

        Assert.Equal((ScheduleDefinitionErrors.UnknownDependency.Id, "a.yaml", 6), (problem.Code, problem.File, problem.Line));
        Assert.Contains("'c'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sync_that_cannot_be_read_is_there_all_the_same() =>
        Assert.Empty(SyncDependencies.Find([Sync("a", "dependsOn: broken")], ["a", "broken"]));

    [Fact]
    public void A_circle_is_a_problem_of_everyone_in_it_and_of_nobody_else()
    {
        var problems = SyncDependencies.Find(
            [Sync("a", "dependsOn: b"), Sync("b", "dependsOn: c"), Sync("c", "dependsOn: a"), Sync("d", "dependsOn: a"), Sync("e", "dependsOn: e")],
            ["a", "b", "c", "d", "e"]);

        Assert.All(problems, problem => Assert.Equal(ScheduleDefinitionErrors.DependencyCircle.Id, problem.Code));
        Assert.Equal(["a.yaml", "b.yaml", "c.yaml", "e.yaml"], problems.Select(problem => problem.File));
        Assert.Contains("'a' → 'b' → 'c' → 'a'", problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("'e' → 'e'", problems[3].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_of_definitions_reports_them()
    {
        var set = DefinitionSet.Parse([Text("a", "dependsOn: b"), Text("b", "dependsOn: [a, c]")], Types.All);

        Assert.Equal(
            [ScheduleDefinitionErrors.DependencyCircle.Id, ScheduleDefinitionErrors.DependencyCircle.Id, ScheduleDefinitionErrors.UnknownDependency.Id],
            set.Problems.Where(problem => problem.Code != DefinitionErrors.FieldConflict.Id).Select(problem => problem.Code));
    }

    private static IEnumerable<string> Order(params SyncDefinition[] definitions) => SyncDependencies.InOrder(definitions).Select(definition => definition.Sync);

    private static SyncDefinition Sync(string name, string schedule = "{}") => Parse(name, schedule).Require();

    private static ParsedDefinition Parse(string name, string schedule) => DefinitionParser.Parse(Text(name, schedule), Types.All);

    private static DefinitionText Text(string name, string schedule) => new(
        name,
        $"sync: {name}\nlist: 77\nsource: {{ type: csv, path: a.csv }}\nmatch: [{{ entryId: id }}]\nfields: {{ ARR: arr }}\nschedule: {(schedule.StartsWith('{') ? schedule : $"{{ {schedule} }}")}\n",
        $"{name}.yaml",
        "",
        "");
}
