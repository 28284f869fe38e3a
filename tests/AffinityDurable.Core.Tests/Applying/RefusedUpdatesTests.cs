using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Tests.Applying;

public sealed class RefusedUpdatesTests
{
    private static readonly FieldChange[] Sent = [.. new[] { "field-1", "field-12", "affinity-data-x", "field-3" }.Select(Change)];

    [Theory]
    [InlineData("/updates/1/value/data", "Not valid.", "field-12")]
    [InlineData("updates[3].value", "Not valid.", "field-3")]
    [InlineData("updates.2.value.data", "Not valid.", "affinity-data-x")]
    [InlineData("data", "value at `/updates/0/value/data` is not a number", "field-1")]
    [InlineData(null, "Dropdown option 7 does not belong to field field-12.", "field-12")]
    [InlineData(null, "Field 'affinity-data-x' cannot be written.", "affinity-data-x")]
    [InlineData("field-3", "Not valid: field-3", "field-3")]
    public void An_error_that_points_at_an_update_or_names_its_field_tells_which_it_means(string? param, string message, string fieldId) =>
        Assert.Equal((fieldId, message), Named(new FaultItem("validation", message, param)).Select(refused => (refused.Update.FieldId, refused.Reason)).Single());

    [Theory]
    [InlineData("data", "There is no person with the id 5.")]
    [InlineData("/updates/9/value", "Not valid.")]
    [InlineData(null, "field-123 and my-field-1 and field-1x are others")]
    [InlineData("/updates", "array size at `/updates` is greater than: 100")]
    [InlineData(null, "")]
    public void An_error_that_names_no_update_of_the_call_says_nothing_of_use(string? param, string message) =>
        Assert.Empty(Named(new FaultItem("validation", message, param)));

    [Fact]
    public void Several_errors_name_several_updates_each_with_its_own_message() =>
        Assert.Equal(
            [("field-1", "First."), ("field-3", "Third.")],
            Named(new FaultItem("validation", "First.", "/updates/0"), new FaultItem("validation", "Third.", "/updates/3")).Select(refused => (refused.Update.FieldId, refused.Reason)));

    [Theory]
    [InlineData("number", "1.456", "1.46", true)]
    [InlineData("number", "1.456", "1.45", true)]
    [InlineData("number", "1.456", "1", true)]
    [InlineData("number", "2.5", "2", true)]
    [InlineData("number", "1.456", "1.47", false)]
    [InlineData("number", "1.456", "2", false)]
    [InlineData("number", "0.12345678901234567890123", "0.12345678901234568", true)]
    [InlineData("text", "a note", "a  note", true)]
    [InlineData("text", "a note", "a not", false)]
    public void Rounded_and_trimmed_values_are_told_from_those_that_somebody_changed(string type, string sent, string stored, bool isForm) =>
        Assert.Equal(isForm, AffinityValueTypes.Find(type)!.IsFormOf(Value(type, stored), Value(type, sent)));

    private static FieldValue Value(string type, string text) => type == "text"
        ? new TextValue(text)
        : new NumberValue(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

    private static IReadOnlyList<RefusedUpdate> Named(params FaultItem[] items) =>
        RefusedUpdates.NamedIn(new AffinityFault(FaultKind.Refused, 400, "All of it.", items), Sent);

    private static FieldChange Change(string fieldId) => new(fieldId, ChangeReason.Fill, null, new NumberValue(1));
}
