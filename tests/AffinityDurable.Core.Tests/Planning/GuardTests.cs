using System.Text.Json;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Core.Tests.Planning;

/// <summary>Guards: pure, over the plan's figures.</summary>
public sealed class GuardTests
{
    [Theory]
    [InlineData(10, 0, false)]
    [InlineData(9, 0, true)]
    [InlineData(12, 3, true)] // malformed records are no rows
    public void Rows_below_the_minimum_are_a_breach(long read, long malformed, bool breached)
    {
        var plan = Plan(new RecordCounts(read, malformed, 0, 0, 0, read - malformed, 0));

        Assert.Equal(breached, Find("minRows", plan, new GuardDefinition { MinRows = 10 })?.Breached);
    }

    [Fact]
    public void What_is_missing_is_not_judged_where_it_means_nothing()
    {
        var plan = Plan(Read(0), source: Source(rows: 0));

        Assert.Empty(Guard.Check(plan, Sync(new GuardDefinition()), wholeTruth: false, Good(Source(rows: 1000))));
    }

    [Theory]
    [InlineData(100, 80, 20d, false)]
    [InlineData(100, 79, 21d, true)]
    [InlineData(100, 130, 0d, false)] // more rows are no drop
    [InlineData(20, 15, 25d, true)]
    [InlineData(19, 1, null, null)] // below minEntries
    public void Missing_rows_are_counted_of_those_of_the_last_good_run(long before, long now, double? figure, bool? breached)
    {
        var finding = Find("maxRowDropPercent", Plan(Read(now), source: Source(rows: now)), lastGood: Source(rows: before));

        Assert.Equal((figure, breached), (finding?.Figure, finding?.Breached));
    }

    [Theory]
    [InlineData(100, 90, 10d, false)]
    [InlineData(100, 89, 11d, true)]
    [InlineData(19, 1, null, null)]
    public void Entries_without_their_row_are_counted_of_those_of_the_last_good_run(long before, long now, double? figure, bool? breached)
    {
        var finding = Find("maxCoverageDropPercent", Plan(Read(100), source: Source(covered: now)), lastGood: Source(covered: before));

        Assert.Equal((figure, breached), (finding?.Figure, finding?.Breached));
    }

    [Theory]
    [InlineData(100, 80, 100, 70, 10d, false)]
    [InlineData(100, 80, 100, 69, 11d, true)]
    [InlineData(100, 80, 100, 90, 0d, false)] // fewer blanks are no jump
    [InlineData(200, 100, 100, 39, 11d, true)] // of each run's own rows
    [InlineData(100, 80, 19, 0, null, null)] // below minEntries now
    [InlineData(19, 19, 100, 0, null, null)] // below minEntries then
    public void Blanks_of_a_column_are_compared_in_percentage_points(long rowsBefore, long filledBefore, long rows, long filled, double? figure, bool? breached)
    {
        var now = Source(matched: rows) with { NonNull = new Dictionary<string, long> { ["arr"] = filled } };
        var before = Source(matched: rowsBefore) with { NonNull = new Dictionary<string, long> { ["arr"] = filledBefore } };

        var finding = Find("maxNullJumpPercent", Plan(Read(100), source: now), lastGood: before);

        Assert.Equal((figure, breached), (finding?.Figure is { } percent ? Math.Round(percent, 6) : null, finding?.Breached));
    }

    [Fact]
    public void A_column_that_the_last_good_run_did_not_have_is_not_compared()
    {
        var now = Source() with { NonNull = new Dictionary<string, long> { ["new"] = 0 } };

        Assert.Null(Find("maxNullJumpPercent", Plan(Read(100), source: now), lastGood: Source()));
    }

    [Fact]
    public void Without_a_good_run_nothing_is_compared_with_one()
    {
        var findings = Guard.Check(Plan(Read(100), source: Source()), Sync(new GuardDefinition()), wholeTruth: true, lastGood: null);

        Assert.Equal(["minRows", "maxRejectedPercent"], findings.Select(finding => finding.Rule));
    }

    [Theory]
    [InlineData(100, 2, 3, false)]
    [InlineData(100, 2, 4, true)]
    [InlineData(100, 6, 0, true)]
    [InlineData(20, 1, 0, false)]
    [InlineData(19, 19, 0, null)] // below minEntries
    public void Malformed_and_rejected_records_are_counted_of_all_records(long read, long malformed, long rejected, bool? breached)
    {
        var plan = Plan(new RecordCounts(read, malformed, 0, 0, rejected, read - malformed - rejected, 0));

        Assert.Equal(breached, Find("maxRejectedPercent", plan)?.Breached);
    }

    [Theory]
    [InlineData(null, 90, null)]
    [InlineData(50d, 40, false)]
    [InlineData(50d, 41, true)]
    public void Rows_without_an_entry_are_counted_of_all_rows_where_the_definition_wants_it(double? allowed, long unmatched, bool? breached)
    {
        // 20 of the 100 records are malformed: 80 rows.
        var plan = Plan(new RecordCounts(100, 20, unmatched, 0, 0, 80 - unmatched, 0));

        Assert.Equal(breached, Find("maxUnmatchedPercent", plan, new GuardDefinition { MaxUnmatchedPercent = allowed, MaxRejectedPercent = 100 })?.Breached);
    }

    [Theory]
    [InlineData(30, 100, false)]
    [InlineData(31, 100, true)]
    [InlineData(19, 19, null)] // below minEntries
    [InlineData(6, 20, false)]
    [InlineData(7, 20, true)]
    public void Overwritten_values_are_counted_of_those_with_a_live_value(int overwritten, int withLiveValue, bool? breached)
    {
        var field = Arr with { Overwritten = overwritten, Filled = 500, WithLiveValue = withLiveValue };

        Assert.Equal(breached, Find("maxOverwrittenPercent", Plan(Read(1000), field))?.Breached);
    }

    [Theory]
    [InlineData(2, 100, false)]
    [InlineData(3, 100, true)]
    [InlineData(19, 19, null)]
    public void Cleared_values_are_counted_of_those_with_a_live_value(int cleared, int withLiveValue, bool? breached)
    {
        var finding = Find("maxClearedPercent", Plan(Read(1000), Arr with { Cleared = cleared, WithLiveValue = withLiveValue }));

        Assert.Equal(breached, finding?.Breached);
    }

    [Fact]
    public void Filling_blanks_is_never_a_breach()
    {
        var findings = Guard.Check(Plan(Read(1000), Arr with { Filled = 1000 }), Sync(new GuardDefinition()), wholeTruth: true, lastGood: null);

        Assert.DoesNotContain(findings, finding => finding.Breached);
    }

    [Theory]
    [InlineData(3d, false)]
    [InlineData(3.01, true)]
    [InlineData(double.PositiveInfinity, true)]
    [InlineData(null, null)]
    public void The_largest_factor_of_a_field_is_guarded_on_lists_of_any_size(double? factor, bool? breached)
    {
        Assert.Equal(breached, Find("maxFactor", Plan(Read(1), Arr with { LargestFactor = factor }), mapping: Mapping with { MaxFactor = 3 })?.Breached);
        Assert.Null(Find("maxFactor", Plan(Read(1), Arr with { LargestFactor = factor })));
    }

    [Theory]
    [InlineData(100d, false)]
    [InlineData(100.5, true)]
    [InlineData(null, null)]
    public void The_largest_distance_of_a_field_is_guarded_on_lists_of_any_size(double? delta, bool? breached)
    {
        Assert.Equal(breached, Find("maxDelta", Plan(Read(1), Arr with { LargestDelta = delta }), mapping: Mapping with { MaxDelta = 100 })?.Breached);
        Assert.Null(Find("maxDelta", Plan(Read(1), Arr with { LargestDelta = delta })));
    }

    [Fact]
    public void A_figure_without_bounds_survives_JSON_and_reads_as_what_it_is()
    {
        var plan = Plan(Read(1), Arr with { LargestFactor = double.PositiveInfinity });
        var finding = Find("maxFactor", plan, mapping: Mapping with { MaxFactor = 3 })!;

        Assert.Equal("maxFactor of \"ARR\": unbounded against 3", finding.Message);
        Assert.Equal(finding.Figure, Again(finding).Figure);
        Assert.Equal(double.PositiveInfinity, Again(plan).Fields.Single().LargestFactor);

        static T Again<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, RunJson.Options), RunJson.Options)!;
    }

    [Fact]
    public void Only_a_full_read_of_a_source_that_delivers_all_is_the_whole_truth()
    {
        var all = Sync(new GuardDefinition()).Definition;
        var changes = all with { Sources = [all.Sources[0] with { Delivers = Delivery.Changes }] };
        var request = new RunRequest { Sync = "portfolio", Mode = RunMode.Apply, Trigger = RunTrigger.Schedule };

        Assert.True(Guard.IsWholeTruth(all, request));
        Assert.True(Guard.IsWholeTruth(all, request with { TestListId = 5 }));
        Assert.False(Guard.IsWholeTruth(changes, request));
        Assert.False(Guard.IsWholeTruth(all, request with { Entries = [1] }));
        Assert.False(Guard.IsWholeTruth(all, request with { Domains = ["acme.com"] }));
        Assert.False(Guard.IsWholeTruth(all, request with { Limit = 5 }));
        Assert.False(Guard.IsWholeTruth(all, request with { PlanOf = "portfolio@adhoc-1" }));
        Assert.False(Guard.IsWholeTruth(all, request with { Undo = new UndoRequest("portfolio@adhoc-1") }));
    }

    private static FieldSummary Arr => new() { FieldId = "field-1", Name = "ARR" };

    private static FieldMapping Mapping => new() { Field = "ARR", Column = "arr" };

    private static GuardFinding? Find(
        string rule, PlanSummary plan, GuardDefinition? guards = null, SourceFigures? lastGood = null, FieldMapping? mapping = null) =>
        Guard.Check(plan, Sync(guards ?? new GuardDefinition(), mapping), wholeTruth: true, lastGood is null ? null : Good(lastGood))
            .SingleOrDefault(finding => finding.Rule == rule);

    private static LastGoodRun Good(SourceFigures source) => new("portfolio@20260301T0200Z", DateTimeOffset.UnixEpoch, [source], IsFirst: true);

    private static SourceFigures Source(long rows = 100, long covered = 100, long matched = 100) =>
        new(rows, covered, matched, new Dictionary<string, long>());

    private static RecordCounts Read(long rows) => new(rows, 0, 0, 0, 0, rows, 0);

    private static ResolvedSync Sync(GuardDefinition guards, FieldMapping? mapping = null)
    {
        var definition = new SyncDefinition
        {
            Sync = "portfolio",
            ListId = 77,
            Sources = [new SourceDefinition { Type = "csv" }],
            Match = [],
            Fields = [mapping ?? Mapping],
            Guards = guards,
        };
        var field = new AffinityField("field-1", "ARR", "list", "number");
        return new ResolvedSync(definition, new AffinityList(77, "Portfolio", "company"), [new ResolvedField(field, definition.Fields[0], [])]);
    }

    private static PlanSummary Plan(RecordCounts records, params FieldSummary[] fields) => new()
    {
        Hash = "",
        Batches = 0,
        Entries = 0,
        Records = records,
        ChangedEntries = 0,
        Fields = fields,
        RejectedValues = 0,
        WriteCalls = 0,
        ReadAt = DateTimeOffset.UnixEpoch,
        Sources = [Source(records.Read - records.Malformed)],
    };

    private static PlanSummary Plan(RecordCounts records, SourceFigures source) => Plan(records) with { Sources = [source] };
}
