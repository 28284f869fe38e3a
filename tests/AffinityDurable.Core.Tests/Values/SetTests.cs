using System.Globalization;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Tests.Affinity;
using AffinityDurable.Core.Values;
using static AffinityDurable.Core.Tests.Values.ValueFixture;

namespace AffinityDurable.Core.Tests.Values;

public sealed class SetTests
{
    private static FieldValue? Texts(params string[] texts) => SetValue.Of(texts.Select(text => new TextValue(text)));

    [Theory]
    [InlineData("a;b; c ")]
    [InlineData("c;a;b;a")]
    [InlineData(";a;;b;c;")]
    [InlineData("[\"a\",\"b\",\"c\"]")]
    [InlineData("[\"c\", null, \" b \", \"a\", \"\"]")]
    public void Order_duplicates_and_empty_items_do_not_matter(string text) => Assert.Equal(Texts("a", "b", "c"), Accept("filterable-text-multi", text));

    [Fact]
    public void The_separator_of_the_mapping_splits() =>
        Assert.Equal(Texts("a;b", "c"), Coerce("filterable-text-multi", "a;b|c", separator: "|").Value);

    [Fact]
    public void A_JSON_array_may_hold_the_separator() => Assert.Equal(Texts("a;b", "c"), Accept("filterable-text-multi", """["a;b","c"]"""));

    [Theory]
    [InlineData("[Stealth] Acme; B")]
    [InlineData("[\"a\"")]
    [InlineData("[[\"a\"]]")]
    [InlineData("[true]")]
    [InlineData("[\"a\"] b")]
    public void A_cell_that_starts_like_an_array_and_is_none_is_a_reject(string text) => Assert.Equal("AFF409", Reject("filterable-text-multi", text).Code);

    [Theory]
    [InlineData("[]")]
    [InlineData(";;")]
    [InlineData("[null]")]
    public void A_set_without_items_is_an_empty_value(string text) => Assert.Null(Accept("number-multi", text));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public void Live_null_and_an_empty_array_are_both_empty(string data) => Assert.Equal(LiveValue.Known(null), Read("company-multi", data, "0"));

    [Theory]
    [InlineData("filterable-text-multi")]
    [InlineData("number-multi")]
    [InlineData("person-multi")]
    [InlineData("company-multi")]
    public void More_than_a_hundred_items_are_a_reject(string valueType)
    {
        var hundred = string.Join(';', Enumerable.Range(1, 100));

        Assert.Equal(100, Assert.IsType<SetValue>(Accept(valueType, hundred + ";100")).Items.Length);
        Assert.Equal("AFF407", Reject(valueType, hundred + ";101").Code);
    }

    [Fact]
    public void More_than_a_hundred_locations_are_a_reject() =>
        Assert.Equal("AFF407", Reject("location-multi", string.Join(';', Enumerable.Range(1, 101).Select(n => $"City {n}")), "city").Code);

    [Fact]
    public void Options_of_a_set_have_no_limit()
    {
        DropdownOption[] options = [.. Enumerable.Range(1, 150).Select(n => new DropdownOption(n, $"Tag {n}"))];

        Assert.Equal(150, Assert.IsType<SetValue>(Accept("dropdown-multi", string.Join(';', options.Select(option => option.Text)), options: options)).Items.Length);
    }

    [Fact]
    public void One_bad_item_rejects_the_whole_set() => Assert.Equal("AFF401", Reject("number-multi", "1;two;3").Code);

    [Theory]
    [InlineData(100, "101", LiveState.Truncated)]
    [InlineData(100, "100", LiveState.Known)]
    [InlineData(3, "4", LiveState.Truncated)]
    [InlineData(3, "3", LiveState.Known)]
    [InlineData(99, null, LiveState.Known)]
    [InlineData(100, null, LiveState.Truncated)]
    public void A_set_with_a_total_above_what_was_sent_is_truncated(int sent, string? total, LiveState state)
    {
        var live = Read("number-multi", $"[{string.Join(',', Enumerable.Range(1, sent))}]", total);

        Assert.Equal(state, live.State);
        Assert.Equal(sent, Assert.IsType<SetValue>(live.Value).Items.Length);
    }

    [Theory]
    [InlineData("number-multi", "[1,\"2\"]")]
    [InlineData("number-multi", "[1,null]")]
    [InlineData("number-multi", "5")]
    [InlineData("person-multi", "[{\"id\":0}]")]
    [InlineData("filterable-text-multi", "[\"a\",\"\"]")]
    public void A_set_with_an_unknown_item_is_opaque(string valueType, string data) => Assert.Equal(LiveState.Opaque, Read(valueType, data, "1").State);

    [Fact]
    public void A_write_replaces_the_whole_set_and_clears_with_null()
    {
        Assert.Equal("""{"type":"company-multi","data":[{"id":5001},{"id":5002}]}""", Write("company-multi", Accept("company-multi", "5001;5002")));
        Assert.Equal("""{"type":"company-multi","data":null}""", Write("company-multi", null));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("9007199254740991")]
    public void A_reference_is_a_positive_id_within_53_bits(string text)
    {
        var value = new ReferenceValue(long.Parse(text, CultureInfo.InvariantCulture));

        Assert.Equal(value, Accept("person", text));
        Assert.Equal($$$"""{"type":"person","data":{"id":{{{text}}}}}""", Write("person", value));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("5.0")]
    [InlineData("9007199254740992")]
    [InlineData("99999999999999999999")]
    [InlineData("Ada Lovelace")]
    public void Anything_else_is_no_reference(string text)
    {
        Assert.Equal("AFF406", Reject("person", text).Code);
        Assert.Equal("AFF406", Reject("company-multi", text).Code);
    }

    [Fact]
    public void A_reference_is_written_without_what_a_read_gives_besides()
    {
        var live = Read("person", """{"id":21,"firstName":"Ada","lastName":null,"primaryEmailAddress":"ada@example.vc","type":"internal"}""");

        Assert.Equal("""{"type":"person","data":{"id":21}}""", Write("person", live.Value));
    }
}
