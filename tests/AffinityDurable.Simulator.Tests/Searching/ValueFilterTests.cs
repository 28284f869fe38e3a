using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Searching;

/// <summary>Filters by the values of fields.</summary>
public sealed class ValueFilterTests
{
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
            .Set(account.Place, Searches.Berlin).Set(account.Status, "Won");
        account.Other.Set(account.Stage, "Series A").Set(account.Keyword, "Bio").Set(account.Place, Searches.Munich);
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
            .Set(account.Keywords, new[] { "early", "board" }).Set(account.Places, new[] { Searches.Berlin, Searches.Munich });
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
}
