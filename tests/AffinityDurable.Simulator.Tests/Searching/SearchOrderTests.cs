using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Searching;

/// <summary>The order of what is found.</summary>
public sealed class SearchOrderTests
{
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
}
