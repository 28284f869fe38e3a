using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Tests.Planning;

/// <summary>Source cell against live value: what becomes of one field.</summary>
public sealed class FieldPlannerTests
{
    private const long Entry = 9001;

    [Fact]
    public void An_empty_live_value_is_filled_another_one_overwritten_an_equal_one_left()
    {
        var planner = Planner();

        Assert.Equal(DecisionKind.Fill, planner.Decide(Entry, "12.5", LiveValue.Known(null)).Kind);
        Assert.Equal(DecisionKind.Overwrite, planner.Decide(Entry, "12.5", Live(12)).Kind);
        Assert.Equal(DecisionKind.Unchanged, planner.Decide(Entry, "12.50", Live(12.5m)).Kind);
    }

    [Fact]
    public void An_empty_cell_keeps_the_value_unless_the_mapping_clears()
    {
        Assert.Equal(DecisionKind.Kept, Planner().Decide(Entry, null, Live(12)).Kind);
        Assert.Equal(DecisionKind.Clear, Planner(OnNull.Clear).Decide(Entry, null, Live(12)).Kind);
        Assert.Equal(DecisionKind.Unchanged, Planner(OnNull.Clear).Decide(Entry, null, LiveValue.Known(null)).Kind);
    }

    [Theory]
    [InlineData(LiveState.NotRequested, "AFF422")]
    [InlineData(LiveState.Hidden, "AFF420")]
    [InlineData(LiveState.Truncated, "AFF421")]
    [InlineData(LiveState.Opaque, "AFF423")]
    public void A_live_value_that_is_not_known_is_never_taken_for_empty(LiveState state, string code)
    {
        var decision = Planner(OnNull.Clear).Decide(Entry, "12", new LiveValue(state, null));

        Assert.Equal((DecisionKind.Rejected, code), (decision.Kind, decision.Rejection?.Code));
        Assert.Equal(DecisionKind.Rejected, Planner(OnNull.Clear).Decide(Entry, null, new LiveValue(state, null)).Kind);
    }

    [Fact]
    public void A_cell_that_is_no_value_of_the_field_is_a_reject()
    {
        Assert.Equal(ValueErrors.NotANumber.Id, Planner().Decide(Entry, "much", Live(12)).Rejection?.Code);
    }

    [Fact]
    public void What_Affinity_made_of_our_own_value_is_no_change()
    {
        var planner = Planner(lastWritten: Written(new LastWrittenField("field-1", new NumberValue(1.239m), ReadBack: true, new NumberValue(1.24m))));

        Assert.Equal(DecisionKind.StoredDifferently, planner.Decide(Entry, "1.239", Live(1.24m)).Kind);
        Assert.Equal(DecisionKind.Overwrite, planner.Decide(Entry, "1.239", Live(7)).Kind);
        Assert.Equal(DecisionKind.Overwrite, planner.Decide(Entry, "1.5", Live(1.24m)).Kind);
    }

    [Fact]
    public void A_value_that_was_sent_before_and_shows_otherwise_is_read_back_after_the_write()
    {
        var planner = Planner(lastWritten: Written(new LastWrittenField("field-1", new NumberValue(1.239m))));

        Assert.Equal(
            new FieldDecision(DecisionKind.Overwrite, new NumberValue(1.239m), ReadBack: true, IsFirstResend: true),
            planner.Decide(Entry, "1.239", Live(1.24m)));
        Assert.False(planner.Decide(Entry, "1.5", Live(1.24m)).ReadBack);
    }

    [Fact]
    public void A_human_edit_of_a_value_whose_stored_form_is_known_is_no_first_resend()
    {
        var planner = Planner(lastWritten: Written(new LastWrittenField("field-1", new NumberValue(1.239m), ReadBack: true, new NumberValue(1.24m))));

        Assert.Equal(
            new FieldDecision(DecisionKind.Overwrite, new NumberValue(1.239m), ReadBack: true),
            planner.Decide(Entry, "1.239", Live(99m)));
    }

    private static FieldPlanner Planner(OnNull onNull = OnNull.Keep, LastWrittenIndex? lastWritten = null)
    {
        var mapping = new FieldMapping { Field = "ARR", Column = "arr", OnNull = onNull };
        var field = new ResolvedField(new AffinityField("field-1", "ARR", "list", "number"), mapping, []);
        return new FieldPlanner(field, 0, TimeZoneInfo.Utc, lastWritten ?? LastWrittenIndex.Empty);
    }

    private static LastWrittenIndex Written(LastWrittenField field)
    {
        var index = new LastWrittenIndex(["field-1"]);
        index.Add(new LastWrittenEntry(Entry, [field]));
        return index;
    }

    private static LiveValue Live(decimal number) => LiveValue.Known(new NumberValue(number));
}
