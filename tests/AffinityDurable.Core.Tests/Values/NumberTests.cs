using AffinityDurable.Core.Tests.Affinity;
using AffinityDurable.Core.Values;
using static AffinityDurable.Core.Tests.Values.ValueFixture;

namespace AffinityDurable.Core.Tests.Values;

public sealed class NumberTests
{
    [Theory]
    [InlineData("1234.5", "1234.5")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("+7", "7")]
    [InlineData(".5", "0.5")]
    [InlineData("1.2e6", "1200000")]
    [InlineData("1.2E-3", "0.0012")]
    [InlineData("12.50", "12.5")]
    [InlineData("0e9", "0")]
    [InlineData("0.000", "0")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Numbers_parse_invariant(string text, string number) =>
        Assert.Equal(new NumberValue(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)), Accept("number", text));

    [Theory]
    [InlineData("$1,250")]
    [InlineData("1,250")]
    [InlineData("12 %")]
    [InlineData("12%")]
    [InlineData("1.234,5")]
    [InlineData("1 250")]
    [InlineData("(5)")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-∞")]
    [InlineData("1e29")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("1e-40")]
    [InlineData("0x1F")]
    [InlineData("twelve")]
    [InlineData("#DIV/0!")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1e")]
    [InlineData("٣")]
    public void Without_a_format_anything_else_is_a_reject(string text) => Assert.Equal("AFF401", Reject("number", text).Code);

    [Theory]
    [InlineData("grouped", "1,234,567.5", 1234567.5)]
    [InlineData("grouped", "-1,250", -1250)]
    [InlineData("grouped", "1250", 1250)]
    [InlineData("currency", "$1,250", 1250)]
    [InlineData("currency", "-$1,250.75", -1250.75)]
    [InlineData("currency", "$-1,250.75", -1250.75)]
    [InlineData("currency", "(1,250)", -1250)]
    [InlineData("currency", "($1,250)", -1250)]
    [InlineData("currency", "EUR 12.5", 12.5)]
    [InlineData("currency", "12.5 €", 12.5)]
    [InlineData("percent", "12 %", 12)]
    [InlineData("percent", "-0.5%", -0.5)]
    [InlineData("percent", "12", 12)]
    [InlineData("decimalComma", "1.234,5", 1234.5)]
    [InlineData("decimalComma", "1234,5", 1234.5)]
    [InlineData("decimalComma", "1 234 567,5", 1234567.5)]
    [InlineData("decimalComma", "1\u202F234,5", 1234.5)]
    [InlineData("decimalComma", "1'234,5", 1234.5)]
    [InlineData("decimalComma", "1.234", 1234)]
    [InlineData("decimalcomma currency", "€ 1.234,50", 1234.5)]
    [InlineData("decimalComma percent", "12,5 %", 12.5)]
    public void A_format_says_how_other_numbers_are_written(string format, string text, double number)
    {
        Assert.Null(Fields.Type("number").FormatProblem(format));
        Assert.Equal(new NumberValue((decimal)number), Accept("number", text, format));
    }

    [Theory]
    [InlineData("grouped", "1,5")]
    [InlineData("grouped", "12,34,567")]
    [InlineData("grouped", "1,2345")]
    [InlineData("grouped", ",123")]
    [InlineData("grouped", "1.234,5")]
    [InlineData("currency", "$$5")]
    [InlineData("currency", "(-5)")]
    [InlineData("currency", "-$-5")]
    [InlineData("currency", "$")]
    [InlineData("percent", "%")]
    [InlineData("percent", "12 %%")]
    [InlineData("decimalComma", "1.5")]
    [InlineData("decimalComma", "1,234.5")]
    [InlineData("decimalComma", "1.234 567,5")]
    [InlineData("decimalComma", "1,2,3")]
    public void A_mark_in_the_wrong_place_is_a_reject_and_never_skipped(string format, string text) =>
        Assert.Equal("AFF401", Reject("number", text, format).Code);

    [Fact]
    public void An_unknown_number_format_is_named() =>
        Assert.Equal(
            "'euros' is not a number format. Known: grouped, currency, percent, decimalComma.",
            Fields.Type("number").FormatProblem("grouped euros"));

    [Fact]
    public void Trailing_zeros_are_no_change() => Assert.Equal(LiveValue.Known(Accept("number", "12.50")), Read("number", "12.5"));

    [Theory]
    [InlineData("\"12\"")]
    [InlineData("1e300")]
    [InlineData("1e-40")]
    [InlineData("true")]
    public void A_numeric_string_or_a_number_beyond_decimal_is_opaque(string data) => Assert.Equal(LiveState.Opaque, Read("number", data).State);

    [Fact]
    public void Numbers_are_sent_as_numbers_never_as_strings() =>
        Assert.Equal("""{"type":"number","data":1200000}""", Write("number", Accept("number", "1.2e6")));

    [Fact]
    public void Small_numbers_are_shown_without_exponent() =>
        Assert.Equal("0.0000001", Fields.Type("number").Render(new NumberValue(0.0000001m), Context("number")));

    [Fact]
    public void A_JSON_number_in_a_cell_is_invariant_whatever_the_format()
    {
        var expected = SetValue.Of([new NumberValue(1.234m), new NumberValue(1234m)]);

        Assert.Equal(expected, Accept("number-multi", """[1.234, "1.234"]""", "decimalComma"));
    }
}
