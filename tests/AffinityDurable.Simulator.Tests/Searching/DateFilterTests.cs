using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests.Searching;

/// <summary>Filters by dates.</summary>
public sealed class DateFilterTests
{
    [Theory]
    [InlineData("is-on", "\"2026-04-01\"", "Acme")]
    [InlineData("is-not-on", "\"2026-04-01\"", "Birch")]
    [InlineData("is-before", "\"2026-04-02\"", "Acme")]
    [InlineData("is-before", "\"2026-04-01\"", "")]
    [InlineData("is-on-or-before", "\"2026-04-01\"", "Acme")]
    [InlineData("is-after", "\"2026-04-01\"", "Birch")]
    [InlineData("is-on-or-after", "\"2026-04-01\"", "Acme,Birch")]
    [InlineData("is-between", """["2026-03-31","2026-04-01"]""", "Acme")]
    [InlineData("is-between", """["2026-04-01","2026-12-31"]""", "Acme,Birch")]
    [Proves("SEARCH-20", "SEARCH-25")]
    public async Task Dates_are_compared_by_their_Pacific_day(string filterOperator, string value, string found)
    {
        var account = new Account();
        account.Entry.Set(account.Closed, new DateOnly(2026, 4, 1));

        // A quarter of an hour before the second of December in Los Angeles, and long that day in Greenwich.
        account.Other.Set(account.Closed, new DateTimeOffset(2026, 12, 2, 7, 45, 0, TimeSpan.Zero));
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal(found.Split(',', StringSplitOptions.RemoveEmptyEntries), await sim.FindAsync(account.Closed.Filter(filterOperator, value)));
        Assert.Equal(["Birch"], await sim.FindAsync(account.Closed.Filter("is-on", "\"2026-12-01\"")));
    }

    [Theory]
    [InlineData("is-within-the-last", """{"amount":[1],"unit":"day"}""", "-1,0")]
    [InlineData("is-within-the-last", """{"amount":[7,30],"unit":"day"}""", "-30,-7")]
    [InlineData("is-not-within-the-last", """{"amount":[60],"unit":"day"}""", "-90,1,31")]
    [InlineData("is-within-the-next", """{"amount":[1],"unit":"month"}""", "0,1,31")]
    [InlineData("is-within-the-next", """{"amount":[1,30],"unit":"day"}""", "1")]
    [InlineData("is-not-within-the-next", """{"amount":[2],"unit":"week"}""", "-90,-30,-7,-1,31")]
    [InlineData("is-between-relative", """{"amount":[7,30],"unit":"day"}""", "-30,-7")]
    [InlineData("is-between-relative", """{"amount":[1,1],"unit":"week"}""", "-7")]
    [InlineData("is-exactly-relative", """{"amount":0,"unit":"day"}""", "0")]
    [InlineData("is-exactly-relative", """{"amount":1,"unit":"week"}""", "-7")]
    [InlineData("is-exactly-relative", """{"amount":24,"unit":"hour"}""", "-1")]
    [InlineData("is-exactly-relative", """{"amount":1440,"unit":"minute"}""", "-1")]
    [InlineData("is-not-exactly-relative", """{"amount":7,"unit":"day"}""", "-90,-30,-1,0,1,31")]
    [InlineData("is-more-than-relative", """{"amount":30,"unit":"day"}""", "-90")]
    [InlineData("is-more-than-relative", """{"amount":1,"unit":"quarter"}""", "")]
    [InlineData("is-more-than-or-equal-to-relative", """{"amount":30,"unit":"day"}""", "-90,-30")]
    [InlineData("is-less-than-relative", """{"amount":7,"unit":"day"}""", "-1,0,1,31")]
    [InlineData("is-less-than-or-equal-to-relative", """{"amount":7,"unit":"day"}""", "-7,-1,0,1,31")]
    [InlineData("is-less-than-or-equal-to-relative", """{"amount":2147483647,"unit":"year"}""", "-90,-30,-7,-1,0,1,31")]
    [InlineData("is-less-than-or-equal-to-relative", """{"amount":2147483647,"unit":"hour"}""", "-90,-30,-7,-1,0,1,31")]
    [InlineData("is-within-the-next", """{"amount":[2147483647],"unit":"week"}""", "0,1,31")]
    [Proves("SEARCH-26")]
    public async Task Relative_dates_count_from_the_Pacific_day_of_the_clock(string filterOperator, string value, string found)
    {
        var account = new Account();

        // Already the second of July in Greenwich, still the first in Los Angeles.
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 7, 2, 3, 0, 0, TimeSpan.Zero));
        var today = new DateOnly(2026, 7, 1);
        foreach (var days in (int[])[-90, -30, -7, -1, 0, 1, 31])
        {
            account.List.AddEntry(account.Tenant.AddCompany($"{days}")).Set(account.Closed, today.AddDays(days));
        }

        await using var sim = await Sim.StartAsync(new SimulatorOptions { TimeProvider = clock }, account);
        Assert.Equal(
            found.Split(',', StringSplitOptions.RemoveEmptyEntries),
            await sim.FindAsync(account.Closed.Filter("is-not-empty"), account.Closed.Filter(filterOperator, value)));
    }

    [Fact]
    [Proves("SEARCH-13")]
    public async Task Interactions_are_filtered_and_sorted_by_the_date_of_their_activity()
    {
        var account = new Account();
        var next = account.Tenant.AddCompanyField("Next Event", FieldValueType.Interaction, FieldType.RelationshipIntelligence, "next-event");
        account.Acme.Set(account.LastEmail, """{"type":"email","id":1,"subject":"Hi","sentAt":"2026-05-01T18:00:00Z","to":[],"cc":[]}""")
            .Set(next, """{"type":"meeting","id":3,"startTime":"2026-08-01T18:00:00Z"}""");
        account.Birch.Set(account.LastEmail, """{"type":"email","id":2,"subject":"Hi","sentAt":"2026-03-01T18:00:00Z","to":[],"cc":[]}""");
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal(["Acme"], await sim.FindAsync(account.LastEmail.Filter("is-after", "\"2026-04-01\"")));
        Assert.Equal(["Acme"], await sim.FindAsync(next.Filter("is-on", "\"2026-08-01\"")));
        Assert.Equal(["Birch"], await sim.FindAsync(next.Filter("is-empty")));
        var sorted = await sim.SearchAsync("""{"sorts":[{"fieldId":"last-email","attributeId":"date-of-activity","direction":"asc"}]}""");
        Assert.Equal(["Birch", "Acme"], sorted.Names());
    }

    [Fact]
    public async Task The_date_a_row_was_added_filters_and_sorts_rows()
    {
        var account = new Account();
        account.Tenant.AddBuiltInFields();
        var dateAdded = account.List.FindField("created-at")!;
        account.List.AddEntry(account.Tenant.AddCompany("Cedar"), createdAt: new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero));
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal(["Cedar"], await sim.FindAsync(dateAdded.Filter("is-on", "\"2026-03-01\"")));
        Assert.Equal(["Cedar", "Acme", "Birch"], (await sim.SearchAsync(Searches.Sort((dateAdded, "desc")))).Names());
    }
}
