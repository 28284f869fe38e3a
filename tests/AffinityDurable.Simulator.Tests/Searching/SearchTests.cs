using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests.Searching;

public sealed class SearchTests
{
    private static readonly Location Berlin = new(null, "Berlin", null, "Germany", "Europe");
    private static readonly Location Munich = new(null, "Munich", null, "Germany", "Europe");

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"filters":{"operator":"or","filters":[]}}""")]
    [Proves("SEARCH-1", "SEARCH-2", "QUIRK-3", "SEARCH-22")]
    public async Task A_search_without_criteria_answers_201_with_every_row_and_no_values(string? body)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SearchAsync(body);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(["Acme", "Birch"], answer.Names());
        Assert.All(answer.Data, row => Assert.Equal("[]", row!["entity"]!["fields"]!.ToJsonString()));
        Assert.Equal("""{"nextUrl":null,"prevUrl":null}""", answer.Json["pagination"]!.ToJsonString());
    }

    [Fact]
    public async Task Rows_look_like_those_of_the_list_with_the_values_that_are_asked_for()
    {
        await using var sim = await Sim.StartAsync();
        var query = $"?fieldIds={sim.Account.Arr.Id}&fieldIds={sim.Account.Sector.Id}";
        Assert.Equal((await sim.GetAsync($"v2/lists/101/list-entries{query}")).Body, (await sim.SearchAsync("{}", query)).Body);
        var byType = await sim.SearchAsync("{}", "?fieldTypes=global");
        Assert.Equal(["Sector"], byType.Data[0]!["entity"]!["fields"]!.AsArray().Select(field => (string)field!["name"]!));
    }

    [Fact]
    [Proves("ENTRY-23")]
    public async Task Fields_are_chosen_by_id_or_by_type_and_not_by_both()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SearchAsync("{}", $"?fieldIds={sim.Account.Arr.Id}&fieldTypes=list");
        Assert.Equal((HttpStatusCode.BadRequest, "fieldTypes"), (answer.Status, (string)answer.Error["param"]!));
    }

    [Fact]
    [Proves("PAGE-8")]
    public async Task The_number_of_all_rows_is_told_when_asked_for_or_as_switched_never()
    {
        await using var sim = await Sim.StartAsync();
        var counted = await sim.SearchAsync("{}", "?totalCount=true&limit=1");
        Assert.Equal((1, 2), (counted.Data.Count, (int)counted.Json["pagination"]!["totalCount"]!));
        Assert.Null((await sim.SearchAsync("{}", "?totalCount=false")).Json["pagination"]!["totalCount"]);
        Assert.Equal("totalCount", (string)(await sim.SearchAsync("{}", "?totalCount=yes")).Error["param"]!);
        sim.Server.Behavior.SearchReturnsTotalCount = false;
        Assert.Null((await sim.SearchAsync("{}", "?totalCount=true")).Json["pagination"]!["totalCount"]);
    }

    [Fact]
    public async Task Pages_follow_cursors_through_the_order_when_the_body_is_sent_again()
    {
        var account = new Account();
        for (var number = 0; number < 23; number++)
        {
            account.List.AddEntry(account.Tenant.AddCompany($"Company {number}")).Set(account.Arr, (number * 7) % 23);
        }

        await using var sim = await Sim.StartAsync(account: account);
        var body = Searches.Sort((account.Arr, "desc"));
        var seen = new List<string>();
        var path = "v2/lists/101/list-entries/search?limit=10";
        string? previous = null;
        for (string? next = path; next is not null;)
        {
            var answer = await sim.SendAsync(HttpMethod.Post, next, body);
            seen.AddRange(answer.Names());
            (next, previous) = ((string?)answer.Json["pagination"]!["nextUrl"], (string?)answer.Json["pagination"]!["prevUrl"]);
        }

        Assert.Equal((await sim.SearchAsync(body)).Names(), seen);
        Assert.Equal(25, seen.Count);
        Assert.Equal(seen[10..20], (await sim.SendAsync(HttpMethod.Post, previous!, body)).Names());
    }

    [Fact]
    [Proves("SEARCH-3")]
    public async Task Groups_join_filters_by_and_or_or_at_any_depth()
    {
        var account = new Account();
        account.Entry.Set(account.Arr, 10).Set(account.Note, "gold");
        account.Other.Set(account.Arr, 20).Set(account.Note, "silver");
        await using var sim = await Sim.StartAsync(account: account);
        var (low, high) = (account.Arr.Filter("is-less-than", "15"), account.Arr.Filter("is-greater-than", "15"));
        var gold = account.Note.Filter("contains", "\"gold\"");
        Assert.Empty(await sim.FindAsync(high, gold));
        Assert.Equal(["Acme", "Birch"], await sim.FindAsync(Searches.Group("or", high, gold)));
        Assert.Equal(["Acme"], await sim.FindAsync(low, Searches.Group("or", Searches.Group("and", high, gold), gold)));
    }

    [Fact]
    [Proves("SEARCH-14")]
    public async Task Single_values_are_any_of_those_asked_for_or_none()
    {
        var account = new Account();
        account.Entry.Set(account.Stage, "Seed").Set(account.Owner, 21).Set(account.Parent, account.Birch).Set(account.Keyword, "Fintech")
            .Set(account.Place, Berlin).Set(account.Status, "Won");
        account.Other.Set(account.Stage, "Series A").Set(account.Keyword, "Bio").Set(account.Place, Munich);
        await using var sim = await Sim.StartAsync(account: account);
        var (seed, seriesA) = (account.Stage.Options[0].Id, account.Stage.Options[1].Id);
        Assert.Equal(["Acme"], await sim.FindAsync(account.Stage.Filter("is-any-of", $$"""[{"dropdownOptionId":{{seed}}}]""")));
        Assert.Equal(["Acme", "Birch"], await sim.FindAsync(
            account.Stage.Filter("is-any-of", $$"""[{"dropdownOptionId":{{seed}}},{"dropdownOptionId":{{seriesA}}}]""")));
        Assert.Equal(["Birch"], await sim.FindAsync(account.Stage.Filter("is-none-of", $$"""[{"dropdownOptionId":{{seed}}}]""")));
        Assert.Equal(["Acme"], await sim.FindAsync(
            account.Status.Filter("is-any-of", $$"""[{"dropdownOptionId":{{account.Status.Options[1].Id}}}]""")));
        Assert.Equal(["Acme"], await sim.FindAsync(account.Owner.Filter("is-any-of", """[{"id":21}]""")));
        Assert.Equal(["Acme"], await sim.FindAsync(account.Parent.Filter("is-any-of", $$"""[{"id":{{account.Birch.Id}}}]""")));
        Assert.Equal(["Acme"], await sim.FindAsync(account.Keyword.Filter("is-any-of", """["fintech","Energy"]""")));
        Assert.Equal(["Acme", "Birch"], await sim.FindAsync(account.Place.Filter("is-any-of", """[{"country":"germany"}]""")));
        Assert.Equal(["Birch"], await sim.FindAsync(account.Place.Filter("is-none-of", """[{"city":"Berlin","country":"Germany"}]""")));
    }

    [Fact]
    [Proves("SEARCH-15")]
    public async Task Several_values_have_any_all_or_none_of_those_asked_for()
    {
        var account = new Account();
        account.Entry.Set(account.Tags, new[] { "AI", "Bio" }).Set(account.Owners, new[] { 21 }).Set(account.Peers, new[] { account.Birch })
            .Set(account.Keywords, new[] { "early", "board" }).Set(account.Places, new[] { Berlin, Munich });
        account.Other.Set(account.Tags, new[] { "Bio" }).Set(account.Keywords, new[] { "board" });
        var lists = account.Tenant.AddCompanyField("Lists", FieldValueType.ListMulti, id: "lists");
        account.Acme.Set(lists, """[{"id":101,"name":"Portfolio","type":"company","entityCount":2}]""");
        await using var sim = await Sim.StartAsync(account: account);
        string Tags(params int[] tags) =>
            $"[{string.Join(",", tags.Select(tag => $$"""{"dropdownOptionId":{{account.Tags.Options[tag].Id}}}"""))}]";
        Assert.Equal(["Acme", "Birch"], await sim.FindAsync(account.Tags.Filter("has-any-of", Tags(0, 1))));
        Assert.Equal(["Acme"], await sim.FindAsync(account.Tags.Filter("has-all-of", Tags(0, 1))));
        Assert.Equal(["Birch"], await sim.FindAsync(account.Tags.Filter("has-none-of", Tags(0, 2))));
        Assert.Equal(["Acme"], await sim.FindAsync(account.Owners.Filter("has-all-of", """[{"id":21}]""")));
        Assert.Equal(["Acme"], await sim.FindAsync(account.Peers.Filter("has-any-of", $$"""[{"id":{{account.Birch.Id}}}]""")));
        Assert.Equal(["Acme"], await sim.FindAsync(account.Keywords.Filter("has-all-of", """["board","early"]""")));
        Assert.Equal(["Acme"], await sim.FindAsync(account.Places.Filter("has-all-of", """[{"city":"Berlin"},{"city":"Munich"}]""")));
        Assert.Empty(await sim.FindAsync(account.Places.Filter("has-all-of", """[{"city":"Berlin"},{"city":"Paris"}]""")));
        Assert.Equal(["Acme"], await sim.FindAsync(lists.Filter("has-any-of", """[{"id":101}]""")));
        Assert.Equal(["Birch"], await sim.FindAsync(lists.Filter("has-none-of", """[{"id":101}]""")));
    }

    [Fact]
    [Proves("SEARCH-16")]
    public async Task Any_field_that_can_be_filtered_is_empty_or_not()
    {
        var account = new Account();
        account.Entry.Set(account.Arr, 0).Set(account.Tags, new[] { "AI" });
        await using var sim = await Sim.StartAsync(account: account);
        foreach (var field in (Field[])[account.Arr, account.Tags])
        {
            Assert.Equal(["Birch"], await sim.FindAsync(field.Filter("is-empty")));
            Assert.Equal(["Acme"], await sim.FindAsync(field.Filter("is-not-empty")));
        }

        Assert.Equal(["Acme", "Birch"], await sim.FindAsync(account.Place.Filter("is-empty"), account.LastEmail.Filter("is-empty")));
    }

    [Fact]
    [Proves("SEARCH-17", "SEARCH-23")]
    public async Task Texts_contain_start_or_end_with_what_is_asked_for_in_any_case()
    {
        var account = new Account();
        account.Entry.Set(account.Note, "Board meeting in May");
        account.Other.Set(account.Note, "No meeting");
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal(["Acme", "Birch"], await sim.FindAsync(account.Note.Filter("contains", "\"MEETING\"")));
        Assert.Equal(["Acme"], await sim.FindAsync(account.Note.Filter("starts-with", "\"board\"")));
        Assert.Equal(["Birch"], await sim.FindAsync(account.Note.Filter("ends-with", "\"meeting\"")));
        Assert.Equal(["Birch"], await sim.FindAsync(account.Note.Filter("does-not-contain", "\"May\"")));
    }

    [Theory]
    [InlineData("is-equal-to", "10", "Acme")]
    [InlineData("is-equal-to", "1e1", "Acme")]
    [InlineData("is-not-equal-to", "10", "Birch")]
    [InlineData("is-greater-than", "10", "Birch")]
    [InlineData("is-greater-than-or-equal-to", "10", "Acme,Birch")]
    [InlineData("is-less-than", "20", "Acme")]
    [InlineData("is-less-than-or-equal-to", "20", "Acme,Birch")]
    [InlineData("is-between", "[10,19.5]", "Acme")]
    [InlineData("is-between", "[10,20]", "Acme,Birch")]
    [InlineData("is-between", "[10,10]", "Acme")]
    [Proves("SEARCH-18", "SEARCH-19", "SEARCH-24")]
    public async Task Numbers_are_compared_and_both_bounds_of_a_range_belong_to_it(string filterOperator, string value, string found)
    {
        var account = new Account();
        account.Entry.Set(account.Arr, 10);
        account.Other.Set(account.Arr, 20);
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal(found.Split(','), await sim.FindAsync(account.Arr.Filter(filterOperator, value)));
    }

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
    [Proves("SEARCH-31")]
    public async Task Filters_that_deny_match_rows_without_a_value_or_as_switched_do_not()
    {
        var account = new Account();
        account.Entry.Set(account.Arr, 10);
        await using var sim = await Sim.StartAsync(account: account);
        string[] denials =
        [
            account.Arr.Filter("is-not-equal-to", "11"), account.Note.Filter("does-not-contain", "\"x\""),
            account.Closed.Filter("is-not-on", "\"2026-01-01\""), account.Tags.Filter("has-none-of", """[{"dropdownOptionId":3005}]"""),
        ];
        Assert.Equal(["Acme", "Birch"], await sim.FindAsync(denials));
        Assert.Equal(["Acme"], await sim.FindAsync(account.Arr.Filter("is-not-empty"), account.Arr.Filter("is-not-equal-to", "11")));
        sim.Server.Behavior.NegativeFiltersMatchEmpty = false;
        Assert.Empty(await sim.FindAsync(denials));
        Assert.Equal(["Acme"], await sim.FindAsync(denials[0]));
    }

    [Fact]
    public async Task Global_and_enriched_fields_of_the_company_filter_its_rows()
    {
        var account = new Account();
        account.Acme.Set(account.Sector, "Bio").Set(account.Employees, 50);
        account.Birch.Set(account.Sector, "Bio");
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal(["Acme"], await sim.FindAsync(account.Sector.Filter("contains", "\"bio\""), account.Employees.Filter("is-greater-than", "10")));
    }

    [Fact]
    public async Task A_reference_to_a_company_that_was_merged_away_is_found_as_its_survivor_and_its_rows_not_at_all()
    {
        var account = new Account();
        var cedar = account.Tenant.AddCompany("Cedar");
        account.Entry.Set(account.Parent, account.Birch);
        account.Birch.MergeInto(cedar);
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal(["Acme"], await sim.FindAsync(account.Parent.Filter("is-any-of", $$"""[{"id":{{cedar.Id}}}]""")));
        Assert.Equal(["Acme"], await sim.FindAsync(account.Parent.Filter("is-any-of", $$"""[{"id":{{account.Birch.Id}}}]""")));
        Assert.Equal(["Acme"], (await sim.SearchAsync("{}")).Names());
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

    [Fact]
    public async Task A_field_that_the_version_does_not_show_cannot_be_searched_in_it()
    {
        var account = new Account();
        account.Tenant.AddBuiltInFields();
        await using var sim = await Sim.StartAsync(account: account);
        var body = Searches.All(account.List.FindField("lists")!.Filter("is-empty"));
        Assert.Equal(HttpStatusCode.Created, (await sim.SearchAsync(body)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.SearchAsync(body, version: "2026-07-15")).Status);
    }

    [Fact]
    public async Task Hidden_values_are_not_found_except_in_the_oldest_version()
    {
        var account = new Account();
        account.Entry.Set(account.Note, "secret").Hide(account.Note);
        await using var sim = await Sim.StartAsync(account: account);
        var body = Searches.All(account.Note.Filter("contains", "\"secret\""));
        Assert.Empty((await sim.SearchAsync(body)).Names());
        Assert.Empty((await sim.SearchAsync($$$"""{"search":{"term":"secret","fieldIds":["{{{account.Note.Id}}}"]}}""")).Names());
        Assert.Equal(["Acme"], (await sim.SearchAsync(body, version: "2024-01-01")).Names());
    }

    [Fact]
    [Proves("SEARCH-6", "SEARCH-8", "ENT-36")]
    public async Task A_term_is_looked_for_in_name_and_primary_domain_in_any_case()
    {
        await using var sim = await Sim.StartAsync();
        async Task<string[]> FindAsync(string term) => (await sim.SearchAsync($$$"""{"search":{"term":"{{{term}}}"}}""")).Names();
        Assert.Equal(["Acme"], await FindAsync("aCM"));
        Assert.Equal(["Acme"], await FindAsync("acme.COM"));
        Assert.Empty(await FindAsync("acme.io"));
        Assert.Equal(["Birch"], await FindAsync("example"));
        Assert.Equal("string length at `/search/term` is less than: 3", (await sim.SearchAsync("""{"search":{"term":"ac"}}""")).Message);
    }

    [Fact]
    [Proves("SEARCH-7", "SEARCH-27")]
    public async Task Fields_named_with_a_term_are_searched_beside_the_identity_and_dates_are_ignored()
    {
        var account = new Account();
        account.Entry.Set(account.Note, "met Birchers").Set(account.Stage, "Series A").Set(account.Owner, 21).Set(account.Place, Berlin)
            .Set(account.Arr, 1250).Set(account.Keywords, new[] { "growth" }).Set(account.Peers, new[] { account.Birch })
            .Set(account.Closed, new DateOnly(2026, 4, 1));
        await using var sim = await Sim.StartAsync(account: account);
        async Task<string[]> FindAsync(string term, params Field[] fields) => (await sim.SearchAsync(
            $$$"""{"search":{"term":"{{{term}}}","fieldIds":["{{{string.Join("\",\"", fields.Select(field => field.Id))}}}"]}}""")).Names();
        Assert.Equal(["Acme", "Birch"], await FindAsync("birch", account.Note));
        Assert.Equal(["Birch"], await FindAsync("birch", account.Stage));
        Assert.Equal(["Acme"], await FindAsync("series", account.Note, account.Stage));
        Assert.Equal(["Acme"], await FindAsync("ada love", account.Owner));
        Assert.Equal(["Acme"], await FindAsync("berlin", account.Place));
        Assert.Equal(["Acme"], await FindAsync("125", account.Arr));
        Assert.Equal(["Acme"], await FindAsync("row", account.Keywords));
        Assert.Equal(["Acme", "Birch"], await FindAsync("birch.example", account.Peers));
        Assert.Empty(await FindAsync("2026", account.Closed, account.LastEmail));
    }

    [Fact]
    public async Task A_row_must_satisfy_term_and_filters()
    {
        var account = new Account();
        account.Entry.Set(account.Arr, 10);
        account.Other.Set(account.Arr, 10);
        await using var sim = await Sim.StartAsync(account: account);
        var group = Searches.Group("and", account.Arr.Filter("is-equal-to", "10"));
        var answer = await sim.SearchAsync($$"""{"search":{"term":"birch"},"filters":{{group}}}""");
        Assert.Equal(["Birch"], answer.Names());
    }

    [Fact]
    public async Task Opportunities_are_found_by_their_name_unless_it_is_hidden()
    {
        var account = new Account();
        var deals = account.Tenant.AddList("Deals", ListType.Opportunity);
        deals.AddOpportunity("Series B of Acme");
        deals.AddOpportunity("Secret series").IsRestricted = true;
        await using var sim = await Sim.StartAsync(account: account);
        var answer = await sim.SendAsync(HttpMethod.Post, $"v2/lists/{deals.Id}/list-entries/search", """{"search":{"term":"series"}}""");
        Assert.Equal(["Series B of Acme"], answer.Names());
    }

    [Fact]
    [Proves("SEARCH-5")]
    public async Task Sorts_apply_one_after_another_with_empty_values_last_and_then_by_id()
    {
        var account = new Account();
        var cedar = account.List.AddEntry(account.Tenant.AddCompany("Cedar"));
        var dune = account.List.AddEntry(account.Tenant.AddCompany("Dune"));
        account.Entry.Set(account.Stage, "Seed").Set(account.Arr, 1);
        account.Other.Set(account.Stage, "Seed").Set(account.Arr, 2);
        cedar.Set(account.Stage, "Series A");
        dune.Set(account.Arr, 2);
        await using var sim = await Sim.StartAsync(account: account);
        async Task<string> SortAsync(params (Field, string)[] sorts) => string.Concat((await sim.SearchAsync(Searches.Sort(sorts))).Names().Select(name => name[0]));
        Assert.Equal("ABDC", await SortAsync((account.Arr, "asc")));
        Assert.Equal("BDAC", await SortAsync((account.Arr, "desc")));
        Assert.Equal("BACD", await SortAsync((account.Stage, "asc"), (account.Arr, "desc")));
        Assert.Equal("CABD", await SortAsync((account.Stage, "desc"), (account.Arr, "asc")));
        Assert.Equal("ABCD", await SortAsync((account.Note, "desc")));
    }

    [Fact]
    public async Task Each_kind_of_single_value_has_an_order()
    {
        var account = new Account();
        account.Tenant.AddOption(account.Status, new DropdownOption(0, "Aardvark") { Rank = 9 });
        var zoe = account.Tenant.AddPerson("Zoe", null);
        account.Entry.Set(account.Note, "b").Set(account.Closed, new DateOnly(2026, 2, 1)).Set(account.Status, "Aardvark").Set(account.Owner, zoe)
            .Set(account.Parent, account.Birch).Set(account.Keyword, "B");
        account.Other.Set(account.Note, "A").Set(account.Closed, new DateOnly(2025, 2, 1)).Set(account.Status, "Won").Set(account.Owner, 21)
            .Set(account.Parent, account.Acme).Set(account.Keyword, "a");
        await using var sim = await Sim.StartAsync(account: account);
        foreach (var field in (Field[])[account.Note, account.Closed, account.Status, account.Owner, account.Parent, account.Keyword])
        {
            Assert.Equal(["Birch", "Acme"], (await sim.SearchAsync(Searches.Sort((field, "asc")))).Names());
            Assert.Equal(["Acme", "Birch"], (await sim.SearchAsync(Searches.Sort((field, "desc")))).Names());
        }
    }

    [Fact]
    [Proves("ENT-20", "ENT-34")]
    public async Task Companies_are_searched_as_a_whole()
    {
        var account = new Account();
        account.Acme.Set(account.Employees, 50);
        account.Tenant.AddCompany("Aspen", "aspen.example").Set(account.Employees, 70);
        await using var sim = await Sim.StartAsync(account: account);
        const string Path = "v2/companies/search";
        var answer = await sim.SendAsync(HttpMethod.Post, $"{Path}?totalCount=true");
        Assert.Equal((HttpStatusCode.Created, 3), (answer.Status, (int)answer.Json["pagination"]!["totalCount"]!));
        Assert.Equal(
            """{"id":500001,"name":"Acme","domain":"acme.com","domains":["acme.com","acme.io"],"isGlobal":true,"fields":[]}""",
            answer.Data[0]!.ToJsonString());
        Assert.Equal(["Acme"], (await sim.SendAsync(HttpMethod.Post, Path, """{"search":{"term":"ACME.com"}}""")).Names());
        Assert.Empty((await sim.SendAsync(HttpMethod.Post, Path, """{"search":{"term":"acme.io"}}""")).Data);
        var sorted = await sim.SendAsync(
            HttpMethod.Post, $"{Path}?fieldTypes=enriched",
            $$$"""{"filters":{{{Searches.Group("and", account.Employees.Filter("is-greater-than", "1"))}}},{{{Searches.Sort((account.Employees, "desc"))[1..]}}}""");
        Assert.Equal(["Aspen", "Acme"], sorted.Names());
        Assert.Equal(70, (int)sorted.Data[0]!["fields"]![0]!["value"]!["data"]!);
    }

    [Fact]
    [Proves("ENT-29", "SEARCH-9")]
    public async Task Persons_are_searched_by_names_and_primary_address()
    {
        var account = new Account();
        var title = account.Tenant.AddPersonField("Title", FieldValueType.Text);
        account.Tenant.AddPerson("Grace", "Hopper", "grace@navy.example", "hopper@home.example").Set(title, "Admiral");
        account.Tenant.AddPerson("Alan", null, "alan@bletchley.example");
        await using var sim = await Sim.StartAsync(account: account);
        async Task<string[]> FindAsync(string body)
        {
            var answer = await sim.SendAsync(HttpMethod.Post, "v2/persons/search", body);
            Assert.Equal(HttpStatusCode.Created, answer.Status);
            return [.. answer.Data.Select(person => (string)person!["firstName"]!)];
        }

        Assert.Equal(["Grace"], await FindAsync("""{"search":{"term":"hopp"}}"""));
        Assert.Equal(["Grace"], await FindAsync("""{"search":{"term":"grace hop"}}"""));
        Assert.Equal(["Grace"], await FindAsync("""{"search":{"term":"NAVY"}}"""));
        Assert.Empty(await FindAsync("""{"search":{"term":"home.example"}}"""));
        Assert.Equal(["Alan"], await FindAsync("""{"search":{"term":"alan@"}}"""));
        Assert.Equal(["Grace"], await FindAsync(Searches.All(title.Filter("contains", "\"adm\""))));
    }

    [Theory]
    [InlineData("v2/companies/search")]
    [InlineData("v2/persons/search")]
    public async Task Companies_and_persons_have_no_list_fields(string path)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await sim.SendAsync(HttpMethod.Post, $"{path}?fieldTypes=list", "{}");
        Assert.Equal((HttpStatusCode.BadRequest, "fieldTypes"), (answer.Status, (string)answer.Error["param"]!));
        var filtered = await sim.SendAsync(HttpMethod.Post, path, Searches.All(sim.Account.Arr.Filter("is-empty")));
        Assert.Equal((HttpStatusCode.BadRequest, "/filters/filters/0/fieldId"), (filtered.Status, (string)filtered.Error["param"]!));
    }

    [Theory]
    [InlineData("v2/lists/101/list-entries/search", Permissions.ExportLists)]
    [InlineData("v2/companies/search", Permissions.ExportOrganizations)]
    [InlineData("v2/persons/search", Permissions.ExportPeople)]
    [Proves("PERM-3", "PERM-10", "PERM-13")]
    public async Task Each_search_needs_the_permission_for_the_whole(string path, Permissions needed)
    {
        var account = new Account();
        var user = account.Tenant.AddUser("Bob", null, "bob@example.vc");
        account.Tenant.AddApiKey("all-but-one", user, permissions: Permissions.All & ~needed);
        account.Tenant.AddApiKey("one", user, permissions: needed);
        await using var sim = await Sim.StartAsync(account: account);
        using var refused = sim.ClientFor("all-but-one");
        using var allowed = sim.ClientFor("one");
        Assert.Equal(HttpStatusCode.Forbidden, (await refused.PostAsync(path, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await allowed.PostAsync(path, null)).StatusCode);
    }
}
