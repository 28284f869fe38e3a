using AffinityDurable.Core.Planning;
using AffinityDurable.Core.Values;

namespace AffinityDurable.Core.Tests.Planning;

/// <summary>How far a number moves.</summary>
public sealed class NumberChangeTests
{
    [Theory]
    [InlineData("10", "30", 3d, 20d)]
    [InlineData("30", "10", 3d, 20d)] // down as up
    [InlineData("0.3", "0.9", 3d, 0.6)] // exact in decimals
    [InlineData("-10", "-30", 3d, 20d)]
    [InlineData("0", "30", null, 30d)] // from zero: no factor
    [InlineData("30", "0", double.PositiveInfinity, 30d)]
    [InlineData("10", "-10", double.PositiveInfinity, 20d)]
    [InlineData("0.0000000000000000000000000001", "79228162514264337593543950335", 7.9228162514264337E+56, 7.9228162514264338E+28)]
    [InlineData("-79228162514264337593543950335", "79228162514264337593543950335", double.PositiveInfinity, 1.5845632502852868E+29)]
    public void Factor_and_distance(string before, string after, double? factor, double delta)
    {
        Assert.Equal(new NumberChange(factor, delta), NumberChange.Of(Number(before), Number(after)));
    }

    [Fact]
    public void Fills_clears_and_other_types_have_none()
    {
        Assert.Null(NumberChange.Of(null, Number("1")));
        Assert.Null(NumberChange.Of(Number("1"), null));
        Assert.Null(NumberChange.Of(new TextValue("1"), new TextValue("2")));
    }

    private static NumberValue Number(string text) => new(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
