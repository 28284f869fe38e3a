using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Planning;

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
        var finding = Guard.Check(Plan(read, malformed), new GuardDefinition { MinRows = 10 }, wholeTruth: true).Single();

        Assert.Equal(breached, finding.Breached);
    }

    [Fact]
    public void Rows_are_not_counted_where_missing_ones_mean_nothing()
    {
        Assert.Empty(Guard.Check(Plan(0, 0), new GuardDefinition(), wholeTruth: false));
    }

    [Theory]
    [InlineData(30, 100, false)]
    [InlineData(31, 100, true)]
    [InlineData(19, 19, null)] // below minEntries
    [InlineData(6, 20, false)]
    [InlineData(7, 20, true)]
    public void Overwritten_values_are_counted_of_those_with_a_live_value(int overwritten, int withLiveValue, bool? breached)
    {
        var field = new FieldSummary { FieldId = "field-1", Name = "ARR", Overwritten = overwritten, Filled = 500, WithLiveValue = withLiveValue };

        var finding = Guard.Check(Plan(1000, 0, field), new GuardDefinition(), wholeTruth: true).SingleOrDefault(guard => guard.Subject == "ARR");

        Assert.Equal(breached, finding?.Breached);
    }

    private static PlanSummary Plan(long read, long malformed, params FieldSummary[] fields) => new()
    {
        Hash = "",
        Batches = 0,
        Entries = 0,
        Records = new RecordCounts(read, malformed, 0, 0, 0, read - malformed, 0),
        ChangedEntries = 0,
        Fields = fields,
        RejectedValues = 0,
        WriteCalls = 0,
        ReadAt = DateTimeOffset.UnixEpoch,
    };
}
