using System.Text.Json;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Tests.Affinity;
using AffinityDurable.Core.Values;
using CsCheck;
using static AffinityDurable.Core.Tests.Values.ValueFixture;

namespace AffinityDurable.Core.Tests.Values;

public sealed class ValuePropertyTests
{
    private static readonly DropdownOption[] Options = [.. Enumerable.Range(1, 300).Select(n => new DropdownOption(n, $"Option {n}"))];

    private static readonly Gen<string> Text = Gen.String[Gen.Char.AlphaNumeric, 1, 12].Select(Pick("", " é", " 😀", "\"\\", "<&>", "ß/", "x\ny"), (text, tail) => text + tail);

    private static readonly Gen<FieldValue?> Texts = Text.Select(text => (FieldValue?)new TextValue(text));
    private static readonly Gen<FieldValue?> Numbers = Gen.Decimal.Select(number => (FieldValue?)new NumberValue(number));
    private static readonly Gen<FieldValue?> Dates = Gen.Int[0, 300 * 365].Select(days => (FieldValue?)new DateValue(new DateOnly(1900, 1, 1).AddDays(days)));
    private static readonly Gen<FieldValue?> OptionIds = Gen.Long[1, 300].Select(id => (FieldValue?)new OptionValue(id));
    private static readonly Gen<FieldValue?> References = Gen.Long[1, (1L << 53) - 1].Select(id => (FieldValue?)new ReferenceValue(id));

    private static readonly Gen<FieldValue?> Locations =
        Gen.Select(Text, Text, Text, Gen.Int[0, 31], (a, b, c, mask) => (FieldValue?)new LocationValue(
            (mask & 1) == 0 ? null : a,
            (mask & 2) == 0 ? null : b,
            (mask & 4) == 0 ? null : c,
            (mask & 8) == 0 ? null : a,
            (mask & 16) == 0 && (mask & 15) != 0 ? null : b));

    private static readonly Gen<(string Type, FieldValue? Value)> Any = Gen.OneOf(
        Of("text", Texts),
        Of("filterable-text", Texts),
        Of("filterable-text-multi", Set(Texts)),
        Of("number", Numbers),
        Of("number-multi", Set(Numbers)),
        Of("datetime", Dates),
        Of("location", Locations),
        Of("location-multi", Set(Locations)),
        Of("dropdown", OptionIds),
        Of("ranked-dropdown", OptionIds),
        Of("dropdown-multi", Set(OptionIds)),
        Of("person", References),
        Of("person-multi", Set(References)),
        Of("company", References),
        Of("company-multi", Set(References)));

    [Fact]
    public void What_was_written_reads_back_as_the_same_value() =>
        Any.Sample(
            sample => Assert.Equal(LiveValue.Known(sample.Value), Fields.Type(sample.Type).Read(AffinityStore.Return(Write(sample.Type, sample.Value)))),
            iter: 4000);

    [Fact]
    public void Clearing_reads_back_as_an_empty_value() =>
        Assert.All(AffinityValueTypes.All, type => Assert.Equal(LiveValue.Known(null), type.Read(AffinityStore.Return(Write(type.Name, null)))));

    [Fact]
    public void A_set_above_a_hundred_reads_back_truncated() =>
        Gen.Int[101, 300].Sample(
            count =>
            {
                var all = SetValue.Of(Enumerable.Range(1, count).Select(n => new OptionValue(n)))!;
                var live = Fields.Type("dropdown-multi").Read(AffinityStore.Return(Write("dropdown-multi", all)));
                Assert.Equal(LiveState.Truncated, live.State);
                Assert.Equal(100, Assert.IsType<SetValue>(live.Value).Items.Length);
            },
            iter: 50);

    [Fact]
    public void What_is_shown_to_a_person_coerces_to_the_same_value() =>
        Any.Where(sample => !sample.Type.StartsWith("location", StringComparison.Ordinal)).Sample(
            sample =>
            {
                var context = Context(sample.Type, options: Options);
                var shown = Fields.Type(sample.Type).Render(sample.Value, context);
                Assert.Equal(Coercion.To(sample.Value), shown.Length == 0 ? Coercion.To(null) : Fields.Type(sample.Type).Coerce(shown, context));
            },
            iter: 4000);

    [Fact]
    public void Values_survive_their_JSON_form() =>
        Any.Sample(
            sample =>
            {
                var json = JsonSerializer.Serialize(sample.Value);
                Assert.Equal(sample.Value, JsonSerializer.Deserialize<FieldValue>(json));
            },
            iter: 4000);

    [Fact]
    public void A_set_is_equal_to_itself_in_any_order() =>
        Set(Texts).Sample(
            value =>
            {
                if (value is SetValue set)
                {
                    var shuffled = SetValue.Of(set.Items.Reverse().Concat(set.Items));
                    Assert.Equal(value, shuffled);
                    Assert.Equal(value.GetHashCode(), shuffled!.GetHashCode());
                }
            },
            iter: 500);

    [Fact]
    public void No_answer_makes_reading_throw() =>
        Gen.Select(
                Pick([.. AffinityValueTypes.All]),
                Pick("null", "true", "5", "-1e400", "\"x\"", "\"\\ud800\"", "[]", "[null]", "[[]]", "[5]", "{}", "{\"id\":1.5}", "{\"dropdownOptionId\":null}", "[{}]", "\"2026-99-99T00:00:00Z\""),
                Pick("", ",\"totalCount\":null", ",\"totalCount\":\"5\"", ",\"totalCount\":1e99", ",\"totalCount\":-1"))
            .Sample(
                (type, data, total) =>
                {
                    using var document = JsonDocument.Parse($"{{\"type\":\"{type.Name}\",\"data\":{data}{total}}}");
                    var live = type.Read(document.RootElement);
                    Assert.NotEqual(LiveState.NotRequested, live.State);
                },
                iter: 4000);

    private static Gen<(string Type, FieldValue? Value)> Of(string type, Gen<FieldValue?> values) => values.Select(value => (type, value));

    private static Gen<FieldValue?> Set(Gen<FieldValue?> items) => items.List[0, 20].Select(list => (FieldValue?)SetValue.Of(list.OfType<FieldValue>()));

    private static Gen<T> Pick<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(index => choices[index]);
}
