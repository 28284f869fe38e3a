using AffinityDurable.Core.Runs;
using CsCheck;

namespace AffinityDurable.Core.Tests.Runs;

public sealed class RunIdTests
{
    [Fact]
    public void An_occurrence_is_written_in_utc_to_the_minute()
    {
        var id = RunId.Scheduled("portfolio-metrics", new DateTimeOffset(2026, 11, 22, 21, 0, 59, TimeSpan.FromHours(-5)));

        Assert.Equal("portfolio-metrics@20261123T0200Z", id.ToString());
        Assert.Equal(id, RunId.Parse("portfolio-metrics@20261123T0200Z"));
        Assert.True(id.IsScheduled);
    }

    [Fact]
    public void Other_runs_carry_a_guid()
    {
        var id = RunId.Parse("x@adhoc-0b9d6a3e-7d5c-4a53-8f9a-6a8a4e6b1c11");

        Assert.Equal(Guid.Parse("0b9d6a3e-7d5c-4a53-8f9a-6a8a4e6b1c11"), id.AdHoc);
        Assert.False(id.IsScheduled);
        Assert.Equal("x@adhoc-0b9d6a3e-7d5c-4a53-8f9a-6a8a4e6b1c11", id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("@20261123T0200Z")]
    [InlineData("x@")]
    [InlineData("x@20261123T0200")]
    [InlineData("x@20261323T0200Z")]
    [InlineData("x@20261123t0200z")]
    [InlineData("x@20261123T0200Z:apply")]
    [InlineData("x@adhoc-")]
    [InlineData("x@adhoc-0B9D6A3E-7D5C-4A53-8F9A-6A8A4E6B1C11")]
    [InlineData("x@y@20261123T0200Z")]
    [InlineData("targeted@77")]
    public void Anything_else_is_no_run_id(string? text) => Assert.False(RunId.TryParse(text, out _));

    [Fact]
    public void Every_id_parses_back_and_sorts_by_time()
    {
        var minute = Gen.Int[0, 50_000_000].Select(minutes => new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));
        Gen.Select(minute, minute).Sample((first, second) =>
        {
            var (a, b) = (RunId.Scheduled("x", first), RunId.Scheduled("x", second));
            return RunId.Parse(a.ToString()) == a
                && Math.Sign(string.CompareOrdinal(a.ToString(), b.ToString())) == first.CompareTo(second);
        });
    }
}
