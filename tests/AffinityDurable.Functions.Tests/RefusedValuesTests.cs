using System.Globalization;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Functions.Tests;

/// <summary>
/// A value that Affinity refuses is found and reported, and its neighbours are written: whether batches are atomic or not, and whether the
/// error says which value it means (a pointer) or not (the name of a property).
/// </summary>
public sealed class RefusedValuesTests
{
    private const long Nobody = 987_654_321;

    [Theory]
    [InlineData(true, BodyErrorParam.Pointer, 3)]
    [InlineData(true, BodyErrorParam.Property, 12)]
    [InlineData(false, BodyErrorParam.Pointer, 3)]
    [InlineData(false, BodyErrorParam.Property, 12)]
    public async Task One_bad_value_among_thirty_fields_is_one_reject_and_the_other_29_are_written(bool atomic, BodyErrorParam param, int mostPatches)
    {
        await using var world = await PeopleAsync(fields: 30, atomic, param);
        world.Export([(12, Nobody)]);

        var report = await world.App.RunAsync();

        Assert.Equal((RunOutcome.Partial, null), (report.Outcome, report.Error));
        Assert.Equal((29L, 1L, 0L, 0L), (report.Writes!.FieldsWritten, report.Writes.FieldsRefused, report.Writes.FieldsDrifted, report.Writes.FieldsDeferred));
        Assert.Equal(new Dictionary<string, long> { [AffinityErrors.Refused.Id] = 1 }, report.RejectsByCode);
        Assert.Equal(1, report.Records!.Rejected);
        Assert.Equal([12], world.EmptyFields());
        Assert.InRange(world.App.Affinity.Counters.PatchCalls, 2, mostPatches);
        var reject = Assert.Single(await world.RejectsAsync(report));
        Assert.Contains("There is no person with the id 987654321", reject, StringComparison.Ordinal);
        Assert.Contains(",Person 12,", reject, StringComparison.Ordinal);
        Assert.Contains("Company 1", reject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, BodyErrorParam.Pointer)]
    [InlineData(true, BodyErrorParam.Property)]
    [InlineData(false, BodyErrorParam.Pointer)]
    [InlineData(false, BodyErrorParam.Property)]
    public async Task Of_several_bad_values_each_is_a_reject_with_its_own_message(bool atomic, BodyErrorParam param)
    {
        await using var world = await PeopleAsync(fields: 30, atomic, param);
        world.Export([(0, 900_000_001), (12, 900_000_002), (29, 900_000_003)]);

        var report = await world.App.RunAsync();

        Assert.Equal((27L, 3L), (report.Writes!.FieldsWritten, report.Writes.FieldsRefused));
        Assert.Equal([0, 12, 29], world.EmptyFields());
        var rejects = await world.RejectsAsync(report);
        Assert.Contains(rejects, line => line.Contains(",Person 0,", StringComparison.Ordinal) && line.Contains("900000001", StringComparison.Ordinal));
        Assert.Contains(rejects, line => line.Contains(",Person 12,", StringComparison.Ordinal) && line.Contains("900000002", StringComparison.Ordinal));
        Assert.Contains(rejects, line => line.Contains(",Person 29,", StringComparison.Ordinal) && line.Contains("900000003", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, BodyErrorParam.Pointer)]
    [InlineData(true, BodyErrorParam.Property)]
    [InlineData(false, BodyErrorParam.Pointer)]
    [InlineData(false, BodyErrorParam.Property)]
    public async Task Where_every_value_is_bad_each_is_a_reject_and_the_run_goes_on(bool atomic, BodyErrorParam param)
    {
        await using var world = await PeopleAsync(fields: 7, atomic, param, companies: 2);
        world.Export([.. Enumerable.Range(0, 7).Select(field => (field, 900_000_000L + field))]);

        var report = await world.App.RunAsync();

        Assert.Equal((7L, 7L), (report.Writes!.FieldsWritten, report.Writes.FieldsRefused));
        Assert.Equal((1L, 1L), (report.Records!.Rejected, report.Records.Applied));
        Assert.Equal(7, world.EmptyFields().Count);
        Assert.Empty(world.EmptyFields(company: 2));
        Assert.InRange(world.App.Affinity.Counters.PatchCalls, 2, 1 + (2 * 7));
    }

    [Theory]
    [InlineData(true, BodyErrorParam.Pointer)]
    [InlineData(true, BodyErrorParam.Property)]
    [InlineData(false, BodyErrorParam.Property)]
    public async Task Bad_values_in_both_calls_of_an_entry_with_more_than_a_hundred_changes_are_found(bool atomic, BodyErrorParam param)
    {
        await using var world = await PeopleAsync(fields: 130, atomic, param);
        world.Export([(40, Nobody), (120, Nobody)]);

        var report = await world.App.RunAsync();

        Assert.Equal((128L, 2L), (report.Writes!.FieldsWritten, report.Writes.FieldsRefused));
        Assert.Equal([40, 120], world.EmptyFields());
    }

    [Theory]
    [InlineData(true, BodyErrorParam.Pointer)]
    [InlineData(true, BodyErrorParam.Property)]
    [InlineData(false, BodyErrorParam.Pointer)]
    [InlineData(false, BodyErrorParam.Property)]
    public async Task Whatever_is_bad_exactly_that_is_refused_and_all_else_is_written(bool atomic, BodyErrorParam param)
    {
        const int Companies = 40;
        const int Fields = 12;
        var random = new Random(7);
        await using var world = await PeopleAsync(Fields, atomic, param, Companies);
        var bad = Enumerable.Range(1, Companies).Select(_ => random.NextDouble())
            .Select(share => Enumerable.Range(0, Fields).Where(_ => random.NextDouble() < share).ToList()).ToList();
        world.ExportAll(bad);

        var report = await world.App.RunAsync();

        Assert.Equal(bad.Sum(fields => fields.Count), report.Writes!.FieldsRefused);
        Assert.Equal((Companies * Fields) - report.Writes.FieldsRefused, report.Writes.FieldsWritten);
        Assert.All(bad.Index(), company => Assert.Equal(company.Item, world.EmptyFields(company.Index + 1)));
        Assert.InRange(world.App.Affinity.Counters.PatchCalls, Companies, Companies * 2 * Fields);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_search_goes_on_where_it_was_when_the_minute_ends_in_its_midst(bool atomic)
    {
        await using var world = await PeopleAsync(fields: 30, atomic, BodyErrorParam.Property, callsPerMinute: 6);
        world.Export([(12, Nobody), (20, Nobody)]);

        var report = await world.App.RunAsync();

        Assert.Equal((28L, 2L, RunOutcome.Partial), (report.Writes!.FieldsWritten, report.Writes.FieldsRefused, report.Outcome));
        Assert.Equal([12, 20], world.EmptyFields());
        Assert.NotEmpty(report.Waits);
        Assert.Equal(0, world.App.Affinity.Counters.Answered(429));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public async Task Answers_that_are_lost_in_the_midst_of_the_search_change_nothing(int after, bool atomic)
    {
        await using var world = await PeopleAsync(fields: 30, atomic, BodyErrorParam.Property);
        world.Export([(12, Nobody)]);
        world.App.Affinity.Faults.Add(new Fault { Method = "PATCH", Skip = after, Times = 2, CutsConnection = true, AfterCommit = true });

        var report = await world.App.RunAsync();

        Assert.Equal((29L, 1L, RunOutcome.Partial), (report.Writes!.FieldsWritten, report.Writes.FieldsRefused, report.Outcome));
        Assert.Equal([12], world.EmptyFields());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_429_in_the_midst_of_the_search_is_waited_out(int after)
    {
        await using var world = await PeopleAsync(fields: 30, atomic: false, BodyErrorParam.Property);
        world.Export([(12, Nobody)]);
        world.App.Affinity.Faults.Add(new Fault { Skip = after + 4, Status = 429 });

        var report = await world.App.RunAsync();

        Assert.Equal((29L, 1L, RunOutcome.Partial), (report.Writes!.FieldsWritten, report.Writes.FieldsRefused, report.Outcome));
        Assert.Equal([12], world.EmptyFields());
    }

    [Fact]
    public async Task What_is_left_goes_to_the_survivor_when_the_company_is_merged_in_the_midst_of_the_search()
    {
        await using var world = await PeopleAsync(fields: 8, atomic: true, BodyErrorParam.Property);
        var survivor = world.App.World.Tenant.AddCompany("Survivor", "survivor.example");
        var successor = world.App.World.List.AddEntry(survivor);
        world.Export([(6, Nobody)]);
        world.App.Affinity.Faults.Add(new Fault
        {
            Method = "PATCH",
            Skip = 2,
            OnMatch = () =>
            {
                ((Company)world.App.World.Entries[0].Entity).MergeInto(survivor);
                return Task.CompletedTask;
            },
        });

        var report = await world.App.RunAsync();

        Assert.Equal((7L, 1L), (report.Writes!.FieldsWritten, report.Writes.FieldsRefused));
        Assert.Equal(world.Person.Id, successor.Get(world.Fields[7]));
        Assert.Equal(AffinityErrors.Refused.Id, Assert.Single(report.RejectsByCode).Key);
    }

    [Fact]
    public async Task A_value_that_refers_to_a_merged_person_is_a_reject_that_names_the_survivor()
    {
        await using var world = await PeopleAsync(fields: 5, atomic: true, BodyErrorParam.Property);
        var gone = world.App.World.Tenant.AddPerson("Gone", "Person");
        gone.MergeInto(world.Person);
        world.Export([(2, gone.Id)]);

        var report = await world.App.RunAsync();

        Assert.Equal((4L, 1L), (report.Writes!.FieldsWritten, report.Writes.FieldsRefused));
        Assert.Equal(AffinityErrors.Merged.Id, Assert.Single(report.RejectsByCode).Key);
        Assert.Contains($"{world.Person.Id}", Assert.Single(await world.RejectsAsync(report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_refers_to_a_merged_company_does_not_take_the_others_to_the_survivors_entry()
    {
        await using var app = await TestApp.StartAsync(companies: 2);
        var parent = app.World.List.Company("Parent");
        var survivor = app.World.Tenant.AddCompany("Survivor", "survivor.example");
        var entryOfSurvivor = app.World.List.AddEntry(survivor);
        var gone = app.World.Tenant.AddCompany("Gone", "gone.example");
        gone.MergeInto(survivor);
        app.Define(fields: "  ARR: arr\n  Parent: parent");
        app.Export([$"company-1.com,5,{gone.Id}"], header: "website,arr,parent");

        var report = await app.RunAsync();

        Assert.Equal((1L, 1L), (report.Writes!.FieldsWritten, report.Writes.FieldsRefused));
        Assert.Equal(AffinityErrors.Merged.Id, Assert.Single(report.RejectsByCode).Key);
        Assert.Equal((5d, null), (app.World.Entries[0].Get(app.World.Arr), entryOfSurvivor.Get(app.World.Arr)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_field_that_was_removed_under_the_run_is_a_reject_of_that_field(int status)
    {
        await using var app = await TestApp.StartAsync(
            companies: 2,
            affinity: settings => settings.Options = settings.Options with
            {
                Behavior = new SimulatedBehavior { UnknownFieldStatus = status, ParamOfBodyErrors = BodyErrorParam.Property, EntityFieldsWritableThroughEntries = false },
            });
        var global = app.World.Tenant.AddCompanyField("Region", FieldValueType.Text);
        app.Define(fields: "  ARR: arr\n  Region: region\n  Notes: notes");
        app.Export(["company-1.com,5,EMEA,hello"], header: "website,arr,region,notes");

        var report = await app.RunAsync();

        Assert.Equal((2L, 1L), (report.Writes!.FieldsWritten, report.Writes.FieldsRefused));
        Assert.Equal((5d, "hello"), (app.World.Entries[0].Get(app.World.Arr), app.World.Entries[0].Get(app.World.Notes)));
        Assert.Contains(global.Id, await app.ReadTextAsync(report.RunId, Artefacts.RejectsCsv), StringComparison.Ordinal);
    }

    private static async Task<PeopleFields> PeopleAsync(int fields, bool atomic, BodyErrorParam param, int companies = 1, int callsPerMinute = 100_000)
    {
        var app = await TestApp.StartAsync(
            companies,
            affinity: settings => settings.Options = settings.Options with
            {
                CallsPerMinute = callsPerMinute,
                Behavior = new SimulatedBehavior { AtomicBatches = atomic, ParamOfBodyErrors = param },
            },
            settings: new() { ["Affinity:MaxRetries"] = "0" });
        return new PeopleFields(app, fields);
    }

    /// <summary>A list with many fields for persons: whether one exists, Affinity alone knows.</summary>
    private sealed class PeopleFields : IAsyncDisposable
    {
        public PeopleFields(TestApp app, int fields)
        {
            App = app;
            Person = app.World.Tenant.AddPerson("Ada", "Byron");
            Fields = [.. Enumerable.Range(0, fields).Select(n => app.World.List.Person($"Person {n}"))];
            app.Define("maxParallelBatches: 1\nminuteShare: 100", string.Join('\n', Fields.Select((field, n) => $"  {field.Name}: p{n}")));
        }

        public TestApp App { get; }

        public Person Person { get; }

        public IReadOnlyList<Field> Fields { get; }

        /// <summary>Rows that say the person everywhere, but in these fields of the first company.</summary>
        public void Export(IReadOnlyList<(int Field, long Value)> other) =>
            Write(App.World.Entries.Select((_, row) => Fields.Select((_, n) => row == 0 && other.Any(each => each.Field == n) ? other.First(each => each.Field == n).Value : Person.Id)));

        /// <summary>Rows whose bad fields name nobody.</summary>
        public void ExportAll(IReadOnlyList<List<int>> bad) =>
            Write(bad.Select(fields => Fields.Select((_, n) => fields.Contains(n) ? Nobody + n : Person.Id)));

        /// <summary>Fields of a company that hold nothing.</summary>
        public IReadOnlyList<int> EmptyFields(int company = 1) =>
            [.. Fields.Index().Where(field => App.World.Entries[company - 1].Get(field.Item) is null).Select(field => field.Index)];

        public async Task<IReadOnlyList<string>> RejectsAsync(RunReport report)
        {
            var csv = await App.ReadTextAsync(report.RunId, Artefacts.RejectsCsv);
            return [.. csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)];
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();

        private void Write(IEnumerable<IEnumerable<long>> rows) => App.Export(
            rows.Select((row, n) => $"company-{n + 1}.com," + string.Join(',', row.Select(id => id.ToString(CultureInfo.InvariantCulture)))),
            header: "website," + string.Join(',', Fields.Select((_, n) => $"p{n}")));
    }
}
