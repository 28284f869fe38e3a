using AffinityDurable.Core.Tests.Affinity;
using AffinityDurable.Core.Values;
using static AffinityDurable.Core.Tests.Values.ValueFixture;

namespace AffinityDurable.Core.Tests.Values;

public sealed class DateTests
{
    [Theory]
    [InlineData("2026-01-15T08:00:00Z", 2026, 1, 15)]
    [InlineData("2026-07-15T07:00:00Z", 2026, 7, 15)]
    [InlineData("2026-07-15T06:59:59Z", 2026, 7, 14)]
    [InlineData("2026-03-08T08:00:00Z", 2026, 3, 8)] // The day the clocks go forward begins in winter time,
    [InlineData("2026-03-09T07:00:00Z", 2026, 3, 9)] // the next one in summer time.
    [InlineData("2026-03-09T06:59:59Z", 2026, 3, 8)]
    [InlineData("2026-11-01T07:00:00Z", 2026, 11, 1)] // The day they go back begins in summer time,
    [InlineData("2026-11-02T08:00:00Z", 2026, 11, 2)] // the next one in winter time.
    [InlineData("2026-11-02T07:59:59Z", 2026, 11, 1)]
    [InlineData("2026-11-01T08:30:00Z", 2026, 11, 1)] // The hour that happens twice,
    [InlineData("2026-11-01T09:30:00Z", 2026, 11, 1)] // both times.
    [InlineData("2026-01-01T00:00:00-08:00", 2026, 1, 1)]
    [InlineData("2026-01-01T08:00:00.000+00:00", 2026, 1, 1)]
    public void Dates_compare_by_Pacific_calendar_day(string returned, int year, int month, int day) =>
        Assert.Equal(LiveValue.Known(Day(year, month, day)), Read("datetime", $"\"{returned}\""));

    [Fact]
    public void A_date_is_sent_as_noon_UTC_so_that_its_UTC_day_is_itself() =>
        Assert.Equal("""{"type":"datetime","data":"2026-03-08T12:00:00Z"}""", Write("datetime", Day(2026, 3, 8)));

    [Fact]
    public void Years_are_sent_with_four_digits() =>
        Assert.Equal("""{"type":"datetime","data":"0987-01-02T12:00:00Z"}""", Write("datetime", Day(987, 1, 2)));

    [Theory]
    [InlineData("\"2026-03-01\"")]
    [InlineData("\"2026-03-01T08:00:00\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("1772352000")]
    [InlineData("{}")]
    public void A_live_date_that_says_no_instant_is_opaque(string data) =>
        Assert.Equal(LiveState.Opaque, Read("datetime", data).State);

    [Theory]
    [InlineData("2026-03-01", "UTC", 1)]
    [InlineData("2026-03-01", "America/New_York", 1)]
    [InlineData("2026-03-01T00:00:00Z", "UTC", 1)]
    [InlineData("2026-03-01T04:59:59Z", "America/New_York", 28)]
    [InlineData("2026-03-01T05:00:00Z", "America/New_York", 1)]
    [InlineData("2026-02-28T23:30:00Z", "Europe/Berlin", 1)]
    [InlineData("2026-03-01T00:30:00+02:00", "UTC", 28)]
    [InlineData("2026-03-01T00:30:00.1234567+02:00", "Europe/Helsinki", 1)]
    [InlineData("2026-03-01 23:30:00", "America/New_York", 1)]
    [InlineData("2026-03-01T23:30", "Asia/Tokyo", 1)]
    [InlineData("2026-03-01 05:00:00.000000000 +0000", "UTC", 1)]
    [InlineData("2026-03-01 05:00:00.123456789", "UTC", 1)]
    [InlineData("2026-03-01T05:00:00.123456789Z", "America/New_York", 1)]
    [InlineData("2026-03-01T04:00:00.123456789Z", "America/New_York", 28)]
    public void A_source_timestamp_becomes_the_day_in_the_time_zone_of_the_definition(string text, string zone, int day) =>
        Assert.Equal(Day(2026, day == 28 ? 2 : 3, day), Accept("datetime", text, zone: zone));

    [Theory]
    [InlineData("dd/MM/yyyy", "03/04/2026", 4, 3)]
    [InlineData("MM/dd/yyyy", "03/04/2026", 3, 4)]
    [InlineData("d.M.yyyy", "3.4.2026", 4, 3)]
    [InlineData("yyyyMMdd", "20260403", 4, 3)]
    [InlineData("d MMM yyyy", "3 Apr 2026", 4, 3)]
    [InlineData("dd.MM.yyyy HH:mm zzz", "03.04.2026 23:30 -02:00", 4, 4)]
    public void A_format_says_how_other_dates_are_written(string format, string text, int month, int day)
    {
        Assert.Null(Fields.Type("datetime").FormatProblem(format));
        Assert.Equal(Day(2026, month, day), Accept("datetime", text, format));
        Assert.Equal("AFF404", Reject("datetime", "2026-4-3x", format).Code);
    }

    [Theory]
    [InlineData("03/04/2026")]
    [InlineData("2026-3-4")]
    [InlineData("2026-02-30")]
    [InlineData("46083")]
    [InlineData("46083.5")]
    [InlineData("1900-01-00")]
    [InlineData("1899-12-30")]
    [InlineData("1899-12-31")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("#N/A")]
    [InlineData("#VALUE!")]
    [InlineData("########")]
    [InlineData("n/a")]
    [InlineData("today")]
    [InlineData("2026-03-01T25:00:00Z")]
    public void What_is_no_date_for_certain_is_a_reject(string text) => Assert.Equal("AFF404", Reject("datetime", text).Code);

    [Theory]
    [InlineData("d")]
    [InlineData("dd/MM")]
    [InlineData("hello")]
    [InlineData("dd/mm/yyyy")]
    [InlineData("%")]
    public void A_format_that_is_no_date_format_is_named(string format) =>
        Assert.Contains($"'{format}'", Fields.Type("datetime").FormatProblem(format), StringComparison.Ordinal);
}
