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
            new FieldDecision(DecisionKind.Overwrite, new NumberValue(1.239m), ReadBack: true, IsHumanEdit: true),
            planner.Decide(Entry, "1.239", Live(99m)));
    }

    [Theory]
    [InlineData(OnConflict.SourceWins, nameof(DecisionKind.Overwrite), OnConflict.SourceWins)]
    [InlineData(OnConflict.HumanWins, nameof(DecisionKind.KeptForHumans), OnConflict.HumanWins)]
    [InlineData(OnConflict.FillOnly, nameof(DecisionKind.KeptFilled), null)]
    [InlineData(OnConflict.ReportOnly, nameof(DecisionKind.ReportedOnly), OnConflict.ReportOnly)]
    public void A_human_edit_is_settled_as_the_mapping_says(OnConflict onConflict, string kind, OnConflict? conflict)
    {
        var decision = Planner(onConflict: onConflict, lastWritten: Sent(10, stored: 10)).Decide(Entry, "11", Live(99));

        Assert.Equal((kind, conflict, new NumberValue(11)), (decision.Kind.ToString(), decision.Conflict, decision.After));
    }

    [Theory]
    [InlineData(OnConflict.SourceWins, nameof(DecisionKind.Overwrite), null)]
    [InlineData(OnConflict.HumanWins, nameof(DecisionKind.Overwrite), null)]
    [InlineData(OnConflict.FillOnly, nameof(DecisionKind.KeptFilled), null)]
    [InlineData(OnConflict.ReportOnly, nameof(DecisionKind.ReportedOnly), OnConflict.ReportOnly)]
    public void Our_own_value_is_nobodys_edit(OnConflict onConflict, string kind, OnConflict? conflict)
    {
        var rounded = Planner(onConflict: onConflict, lastWritten: Sent(10.004m, stored: 10)).Decide(Entry, "11", Live(10));
        var unknown = Planner(onConflict: onConflict, lastWritten: Sent(10)).Decide(Entry, "11", Live(10));

        Assert.Equal((kind, conflict), (rounded.Kind.ToString(), rounded.Conflict));
        Assert.Equal((kind, conflict), (unknown.Kind.ToString(), unknown.Conflict));
    }

    [Theory]
    [InlineData(OnConflict.SourceWins, nameof(DecisionKind.Overwrite), false)]
    [InlineData(OnConflict.HumanWins, nameof(DecisionKind.KeptFilled), true)]
    [InlineData(OnConflict.FillOnly, nameof(DecisionKind.KeptFilled), false)]
    [InlineData(OnConflict.ReportOnly, nameof(DecisionKind.ReportedOnly), false)]
    public void Where_nothing_is_known_of_earlier_writes_nothing_is_taken_for_an_edit(OnConflict onConflict, string kind, bool withoutState)
    {
        var decision = Planner(onConflict: onConflict).Decide(Entry, "11", Live(99));

        Assert.Equal((kind, withoutState, false), (decision.Kind.ToString(), decision.WithoutEarlierState, decision.IsHumanEdit));
    }

    [Theory]
    [InlineData(OnConflict.SourceWins, nameof(DecisionKind.Fill))]
    [InlineData(OnConflict.HumanWins, nameof(DecisionKind.Fill))]
    [InlineData(OnConflict.FillOnly, nameof(DecisionKind.Fill))]
    [InlineData(OnConflict.ReportOnly, nameof(DecisionKind.ReportedOnly))]
    public void A_blank_that_we_never_wrote_is_filled_unless_it_is_reported_only(OnConflict onConflict, string kind)
    {
        Assert.Equal(kind, Planner(onConflict: onConflict).Decide(Entry, "11", LiveValue.Known(null)).Kind.ToString());
    }

    [Theory]
    [InlineData(OnConflict.SourceWins, nameof(DecisionKind.Fill))]
    [InlineData(OnConflict.HumanWins, nameof(DecisionKind.KeptForHumans))]
    [InlineData(OnConflict.FillOnly, nameof(DecisionKind.Fill))]
    public void A_value_that_somebody_has_cleared_is_an_edit(OnConflict onConflict, string kind)
    {
        var decision = Planner(onConflict: onConflict, lastWritten: Sent(10, stored: 10)).Decide(Entry, "10", LiveValue.Known(null));

        Assert.Equal((kind, true), (decision.Kind.ToString(), decision.IsHumanEdit || onConflict == OnConflict.FillOnly));
    }

    [Theory]
    [InlineData(OnConflict.HumanWins, nameof(DecisionKind.KeptForHumans))]
    [InlineData(OnConflict.FillOnly, nameof(DecisionKind.KeptFilled))]
    [InlineData(OnConflict.ReportOnly, nameof(DecisionKind.ReportedOnly))]
    public void A_clear_is_settled_in_the_same_way(OnConflict onConflict, string kind)
    {
        Assert.Equal(kind, Planner(OnNull.Clear, Sent(10, stored: 10), onConflict).Decide(Entry, null, Live(99)).Kind.ToString());
    }

    [Fact]
    public void While_the_stored_form_is_unknown_the_source_sends_its_value_once_more_and_people_keep_theirs()
    {
        var resent = Planner(lastWritten: Sent(10)).Decide(Entry, "10", Live(99));

        Assert.Equal((DecisionKind.Overwrite, true, null), (resent.Kind, resent.IsFirstResend, resent.Conflict));
        Assert.Equal(DecisionKind.KeptForHumans, Planner(onConflict: OnConflict.HumanWins, lastWritten: Sent(10)).Decide(Entry, "10", Live(99)).Kind);
    }

    [Theory]
    [InlineData("number-multi", 100, nameof(DecisionKind.Overwrite), null)]
    [InlineData("number-multi", 101, nameof(DecisionKind.Rejected), "AFF424")]
    public void What_could_not_be_written_back_is_not_overwritten(string type, int items, string kind, string? code)
    {
        var live = LiveValue.Known(SetValue.Of([.. Enumerable.Range(1, items).Select(number => new NumberValue(number))]));
        var planner = Planner(type: type);

        var decision = planner.Decide(Entry, "1;2", live);

        Assert.Equal((kind, code), (decision.Kind.ToString(), decision.Rejection?.Code));
        Assert.Equal(DecisionKind.Unchanged, planner.Decide(Entry, string.Join(';', Enumerable.Range(1, 100)), LiveValue.Known(SetValue.Of([.. Enumerable.Range(1, 100).Select(number => new NumberValue(number))]))).Kind);
    }

    private static LastWrittenIndex Sent(decimal sent, decimal? stored = null) => Written(
        new LastWrittenField("field-1", new NumberValue(sent), stored is not null, stored is { } number ? new NumberValue(number) : null));

    private static FieldPlanner Planner(
        OnNull onNull = OnNull.Keep,
        LastWrittenIndex? lastWritten = null,
        OnConflict onConflict = OnConflict.SourceWins,
        string type = "number")
    {
        var mapping = new FieldMapping { Field = "ARR", Column = "arr", OnNull = onNull, OnConflict = onConflict };
        var field = new ResolvedField(new AffinityField("field-1", "ARR", "list", type), mapping, []);
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
