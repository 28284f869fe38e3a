using System.Globalization;
using AffinityDurable.Core.Definitions;
using CsCheck;

namespace AffinityDurable.Core.Tests.Definitions;

public sealed class OccurrencesTests
{
    [Fact]
    public void An_occurrence_is_due_from_its_minute_on_and_not_again_after_it()
    {
        var schedule = Schedule("0 2 * * *", "UTC");

        Assert.Empty(Due(schedule, "2026-11-22T02:00", "2026-11-23T01:59"));
        Assert.Equal(["2026-11-23T02:00"], Due(schedule, "2026-11-22T02:00", "2026-11-23T02:00"));
        Assert.Empty(Due(schedule, "2026-11-23T02:00", "2026-11-23T14:00"));
        Assert.Empty(Due(schedule, "2026-11-24T02:00", "2026-11-23T02:00"));
    }

    [Fact]
    public void Everything_missed_is_given_in_order() =>
        Assert.Equal(
            ["2026-11-20T02:00", "2026-11-21T02:00", "2026-11-22T02:00"],
            Due(Schedule("0 2 * * *", "UTC"), "2026-11-19T12:00", "2026-11-22T12:00"));

    [Theory]
    [InlineData("Europe/London", "2026-07-01T00:00", "2026-07-01T01:00")]
    [InlineData("Europe/London", "2026-12-01T00:00", "2026-12-01T02:00")]
    [InlineData("America/New_York", "2026-07-01T00:00", "2026-07-01T06:00")]
    [InlineData("America/New_York", "2026-12-01T00:00", "2026-12-01T07:00")]
    public void Times_are_those_of_the_zone(string zone, string after, string due) =>
        Assert.Equal(due, Text(Occurrences.Next(Schedule("0 2 * * *", zone), Instant(after))!.Value));

    /// <summary>London: 01:00 GMT becomes 02:00 BST on 29 March 2026. New York: 02:00 EST becomes 03:00 EDT on 8 March 2026.</summary>
    [Theory]
    [InlineData("Europe/London", "30 1 * * *", "2026-03-28T12:00", "2026-03-30T12:00", "2026-03-29T01:00,2026-03-30T00:30")]
    [InlineData("Europe/London", "0 2 * * *", "2026-03-28T12:00", "2026-03-30T12:00", "2026-03-29T01:00,2026-03-30T01:00")]
    [InlineData("America/New_York", "30 2 * * *", "2026-03-07T12:00", "2026-03-09T12:00", "2026-03-08T07:00,2026-03-09T06:30")]
    [InlineData("America/New_York", "0,30 2 * * *", "2026-03-07T12:00", "2026-03-08T12:00", "2026-03-08T07:00")]
    [InlineData("America/New_York", "0 1-3 * * *", "2026-03-07T12:00", "2026-03-08T12:00", "2026-03-08T06:00,2026-03-08T07:00")]
    public void A_time_that_does_not_exist_falls_on_the_first_instant_after_the_gap(string zone, string cron, string after, string now, string due) =>
        Assert.Equal(due.Split(','), Due(Schedule(cron, zone), after, now));

    /// <summary>London: 02:00 BST becomes 01:00 GMT on 25 October 2026. New York: 02:00 EDT becomes 01:00 EST on 1 November 2026.</summary>
    [Theory]
    [InlineData("Europe/London", "30 1 * * *", "2026-10-24T12:00", "2026-10-26T12:00", "2026-10-25T00:30,2026-10-26T01:30")]
    [InlineData("Europe/London", "0 2 * * *", "2026-10-24T12:00", "2026-10-26T12:00", "2026-10-25T02:00,2026-10-26T02:00")]
    [InlineData("Europe/London", "0 1-2 * * *", "2026-10-24T12:00", "2026-10-25T12:00", "2026-10-25T00:00,2026-10-25T02:00")]
    [InlineData("America/New_York", "30 1 * * *", "2026-10-31T12:00", "2026-11-02T12:00", "2026-11-01T05:30,2026-11-02T06:30")]
    public void A_time_that_comes_twice_runs_the_first_time(string zone, string cron, string after, string now, string due) =>
        Assert.Equal(due.Split(','), Due(Schedule(cron, zone), after, now));

    [Fact]
    public void The_second_pass_of_a_time_is_not_due_even_when_asked_in_between() =>
        Assert.Empty(Due(Schedule("30 1 * * *", "Europe/London"), "2026-10-25T00:45", "2026-10-25T12:00"));

    [Theory]
    [InlineData("Europe/London", "2026-10-24T00:00")]
    [InlineData("Europe/London", "2026-03-28T00:00")]
    [InlineData("America/New_York", "2026-10-31T00:00")]
    [InlineData("America/New_York", "2026-03-07T00:00")]
    public void An_hourly_schedule_runs_every_hour_whatever_the_clocks_do(string zone, string after)
    {
        var start = Instant(after);

        Assert.Equal(
            Enumerable.Range(1, 48).Select(hours => start.AddHours(hours)),
            Occurrences.Due(Schedule("0 * * * *", zone), start, start.AddHours(48)));
    }

    [Fact]
    public void Looking_back_to_the_beginning_of_time_works() =>
        Assert.Equal("1970-01-01T02:00", Text(Occurrences.Due(Schedule("0 2 * * *", "UTC"), DateTimeOffset.MinValue, Instant("1970-01-02T00:00")).Single()));

    [Fact]
    public void Whenever_one_looks_each_occurrence_is_due_exactly_once_and_one_a_day()
    {
        var zone = Gen.Int[0, 3].Select(index => new[] { "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC" }[index]);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Gen.Select(zone, Gen.Int[0, 23], Gen.Int[0, 59], Gen.Int[1, 5000].List[1, 40]).Sample((zoneId, hour, minute, looks) =>
        {
            var schedule = Schedule($"{minute} {hour} * * *", zoneId);
            var now = start;
            var pieces = new List<DateTimeOffset>();
            foreach (var minutes in looks)
            {
                pieces.AddRange(Occurrences.Due(schedule, now, now.AddMinutes(minutes)));
                now = now.AddMinutes(minutes);
            }

            var local = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
            return pieces.SequenceEqual(Occurrences.Due(schedule, start, now))
                && pieces.Select(due => TimeZoneInfo.ConvertTime(due, local).Date).Distinct().Count() == pieces.Count;
        }, iter: 300);
    }

    private static ScheduleDefinition Schedule(string cron, string zone) => new() { Cron = cron, TimeZone = zone };

    private static IEnumerable<string> Due(ScheduleDefinition schedule, string after, string now) =>
        Occurrences.Due(schedule, Instant(after), Instant(now)).Select(Text);

    private static string Text(DateTimeOffset instant)
    {
        Assert.Equal(TimeSpan.Zero, instant.Offset);
        return instant.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
