using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Tests.Affinity;
using AffinityDurable.Core.Values;
using static AffinityDurable.Core.Tests.Values.ValueFixture;

namespace AffinityDurable.Core.Tests.Values;

public sealed class DropdownTests
{
    private static readonly DropdownOption[] Stages = [new(31, "Seed"), new(32, "Series A "), new(33, "Series B")];

    [Theory]
    [InlineData("Seed", 31)]
    [InlineData("seed", 31)]
    [InlineData(" SERIES A", 32)]
    public void Text_becomes_an_option_id_without_regard_to_case_and_blanks_around(string text, long id)
    {
        Assert.Equal(new OptionValue(id), Accept("dropdown", text, options: Stages));
        Assert.Equal(new OptionValue(id), Accept("ranked-dropdown", text, options: Stages));
    }

    [Fact]
    public void An_unknown_text_is_AFF402_and_names_the_options()
    {
        var rejection = Reject("dropdown", "Series Q", options: [new(31, "Seed"), new(32, "Series A")]);

        Assert.Equal("AFF402", rejection.Code);
        Assert.Equal("'Series Q' is not an option of field \"Stage\". Options: Seed, Series A.", rejection.Reason);
        Assert.Equal("Add the option in Affinity, or correct the text in the source.", rejection.Cure);
    }

    [Fact]
    public void Of_many_options_the_first_ten_are_shown()
    {
        var rejection = Reject("dropdown", "x", options: [.. Enumerable.Range(1, 12).Select(n => new DropdownOption(n, $"Option {n}"))]);

        Assert.EndsWith("Option 9, Option 10, …", rejection.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_stands_for_two_options_is_ambiguous()
    {
        DropdownOption[] twins = [new(1, "Seed"), new(2, "SEED "), new(3, "Seed")];

        Assert.Equal("AFF403", Reject("dropdown", "seed", options: twins).Code);
        Assert.Equal("AFF403", Reject("dropdown", "Seed", options: twins).Code);
        Assert.Equal(new OptionValue(2), Accept("dropdown", "SEED", options: twins));
    }

    [Fact]
    public void An_option_id_is_not_a_text() => Assert.Equal("AFF402", Reject("dropdown", "31", options: Stages).Code);

    [Fact]
    public void A_write_holds_the_id_alone() =>
        Assert.Equal("""{"type":"ranked-dropdown","data":{"dropdownOptionId":31}}""", Write("ranked-dropdown", new OptionValue(31)));

    [Fact]
    public void A_ranked_option_reads_by_its_id() =>
        Assert.Equal(LiveValue.Known(new OptionValue(31)), Read("ranked-dropdown", """{"dropdownOptionId":31,"text":"Seed","rank":1,"color":null}"""));

    [Theory]
    [InlineData("""{"id":31,"text":"Seed"}""")]
    [InlineData("""{"dropdownOptionId":"31"}""")]
    [InlineData("31")]
    public void An_option_of_another_shape_is_opaque(string data) => Assert.Equal(LiveState.Opaque, Read("dropdown", data).State);

    [Fact]
    public void Options_are_shown_by_text_and_a_removed_one_by_id()
    {
        var context = Context("dropdown-multi", options: Stages);

        Assert.Equal("Seed; option 99", Fields.Type("dropdown-multi").Render(SetValue.Of([new OptionValue(31), new OptionValue(99)]), context));
    }
}
