using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Searching;

/// <summary>Searches for a word.</summary>
public sealed class TermSearchTests
{
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
        account.Entry.Set(account.Note, "met Birchers").Set(account.Stage, "Series A").Set(account.Owner, 21).Set(account.Place, Searches.Berlin)
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
}
