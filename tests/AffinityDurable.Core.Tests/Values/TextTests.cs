using AffinityDurable.Core.Values;
using static AffinityDurable.Core.Tests.Values.ValueFixture;

namespace AffinityDurable.Core.Tests.Values;

public sealed class TextTests
{
    [Theory]
    [InlineData("text")]
    [InlineData("filterable-text")]
    public void Text_is_trimmed_and_kept_whatever_its_length(string valueType)
    {
        var longText = new string('x', 100_000);

        Assert.Equal(new TextValue("Acme"), Accept(valueType, "  Acme\t"));
        Assert.Equal(new TextValue(longText), Accept(valueType, longText));
    }

    [Fact]
    public void Blank_text_is_an_empty_value() => Assert.Null(Accept("text", "   "));

    [Fact]
    public void A_live_empty_text_is_an_empty_value()
    {
        Assert.Equal(LiveValue.Known(null), Read("text", "\"\""));
        Assert.Equal(LiveValue.Known(null), Read("text", "null"));
    }

    [Theory]
    [InlineData(0x0000, "")]
    [InlineData(0x0007, "b")]
    [InlineData(0x0085, "b")]
    [InlineData(0xD83D, "b")]
    [InlineData(0xD83D, "")]
    [InlineData(0xDE00, "b")]
    public void Control_characters_and_halves_of_surrogate_pairs_are_rejects(int character, string rest)
    {
        var text = $"a{(char)character}{rest}";

        var rejection = Reject("text", text);

        Assert.Equal("AFF408", rejection.Code);
        Assert.Contains($"U+{character:X4}", rejection.Reason, StringComparison.Ordinal);
        Assert.Equal("AFF408", Reject("filterable-text-multi", $"fine;{text}").Code);
        Assert.Equal("AFF408", Reject("location", text, "city").Code);
    }

    [Fact]
    public void Emoji_tabs_and_line_ends_are_text() => Assert.Equal(new TextValue("a 😀\tb\nc"), Accept("text", "a 😀\tb\r\nc"));

    [Fact]
    public void Line_ends_are_no_change() => Assert.Equal(LiveValue.Known(Accept("text", "a\nb")), Read("text", "\"a\\r\\nb\""));

    [Theory]
    [InlineData("5")]
    [InlineData("[\"a\"]")]
    [InlineData("\"\\ud800\"")]
    public void A_live_text_that_is_no_text_is_opaque(string data) => Assert.Equal(LiveState.Opaque, Read("text", data).State);

    [Fact]
    public void Text_takes_no_format() => Assert.NotNull(Tests.Affinity.Fields.Type("text").FormatProblem("upper"));
}
