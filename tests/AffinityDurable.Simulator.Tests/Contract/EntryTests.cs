using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class EntryTests
{
    [Fact]
    [Proves("ENTRY-8")]
    public async Task The_data_of_a_page_is_an_array_even_of_nothing()
    {
        await using var sim = await Sim.StartAsync();
        var empty = sim.Account.Tenant.AddList("Empty");
        Assert.Empty((await sim.GetAsync($"v2/lists/{empty.Id}/list-entries")).Data);
        Assert.Equal(2, (await sim.GetAsync("v2/lists/101/list-entries")).Data.Count);
    }

    [Fact]
    [Proves("ENTRY-1", "ENTRY-9")]
    public async Task The_creator_of_an_entry_may_be_null()
    {
        await using var sim = await Sim.StartAsync();
        var made = sim.Account.List.AddEntry(sim.Account.Birch, creatorId: 21);
        Assert.Equal(21, (long)(await sim.GetAsync($"v2/lists/101/list-entries/{made.Id}")).Json["creatorId"]!);
        var other = (await sim.GetAsync(sim.EntryPath)).Json.AsObject();
        Assert.Equal(["id", "type", "listId", "createdAt", "creatorId", "entity"], other.Select(property => property.Key));
        Assert.Null(other["creatorId"]);
    }

    [Theory]
    [Proves("ENTRY-11", "ENTRY-13", "ENTRY-14", "ENTRY-15")]
    [InlineData("Owners")]
    [InlineData("Peers")]
    [InlineData("Tags")]
    [InlineData("Keywords")]
    [InlineData("Scores")]
    [InlineData("Offices")]
    public async Task Every_multi_value_is_cut_at_a_hundred_and_counted(string name)
    {
        var account = new Account();
        var field = account.List.Fields.Single(each => each.Name == name);
        account.Entry.Set(field, Many(account, field));
        await using var sim = await Sim.StartAsync(account: account);
        var value = await sim.ReadAsync(field);
        Assert.Equal((100, 130), (value["data"]!.AsArray().Count, (int)value["totalCount"]!));
        var first = await sim.GetAsync($"{sim.EntryPath}/fields/{field.Id}/values");
        var second = await sim.GetAsync((string)first.Json["pagination"]!["nextUrl"]!);
        Assert.Equal(value["data"]!.ToJsonString(), first.Data.ToJsonString());
        Assert.Equal(30, second.Data.Count);
        Assert.Null(second.Json["pagination"]!["nextUrl"]);
        Assert.Distinct(first.Data.Concat(second.Data).Select(item => item!.ToJsonString()));
    }

    [Fact]
    [Proves("ENTRY-12")]
    public async Task Every_empty_multi_value_is_null_and_counts_nothing()
    {
        await using var sim = await Sim.StartAsync();
        var values = (await sim.GetAsync($"{sim.EntryPath}/fields?limit=100")).Data
            .Select(field => field!["value"]!.AsObject()).Where(value => ((string)value["type"]!).EndsWith("-multi", StringComparison.Ordinal)).ToList();
        Assert.Equal(6, values.Count);
        Assert.All(values, value => Assert.Equal((true, null, 0), (value.ContainsKey("data"), value["data"], (int)value["totalCount"]!)));
    }

    [Fact]
    [Proves("ENTRY-18")]
    public async Task The_fields_of_an_entry_all_come_without_being_asked_for()
    {
        await using var sim = await Sim.StartAsync();
        var types = (await sim.GetAsync($"{sim.EntryPath}/fields")).Data.Select(field => (string)field!["type"]!).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["enriched", "global", "list", "relationship-intelligence"], types);
        Assert.Equal(sim.Account.List.Fields.Count, (await sim.GetAsync($"{sim.EntryPath}/fields")).Data.Count);
    }

    [Theory]
    [Proves("ENTRY-20")]
    [InlineData("v2/companies/500001")]
    [InlineData("v2/persons/21")]
    public async Task Fields_of_companies_and_persons_are_chosen_by_ids_or_by_types_and_not_by_both(string path)
    {
        var account = new Account();
        account.Tenant.AddPersonField("Sector", FieldValueType.Text, id: "sector");
        account.Tenant.AddCompanyField("Sector", FieldValueType.Text, id: "sector");
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Single((await sim.GetAsync($"{path}/fields?ids=sector")).Data);
        Assert.NotEmpty((await sim.GetAsync($"{path}/fields?types=global")).Data);
        var both = await sim.GetAsync($"{path}/fields?ids=sector&types=global");
        Assert.Equal((HttpStatusCode.BadRequest, "validation"), (both.Status, (string)both.Error["code"]!));
    }

    [Fact]
    [Proves("ENTRY-25")]
    public async Task An_url_may_be_long()
    {
        await using var sim = await Sim.StartAsync();
        var query = string.Join("&", Enumerable.Repeat($"fieldIds={sim.Account.Arr.Id}", 3_000));
        var answer = await sim.GetAsync($"{sim.EntryPath}?{query}");
        Assert.Equal((HttpStatusCode.OK, 1), (answer.Status, answer.Json["entity"]!["fields"]!.AsArray().Count));
    }

    private static object Many(Account account, Field field)
    {
        var numbers = Enumerable.Range(1, 130);
        return field.ValueType switch
        {
            FieldValueType.PersonMulti => numbers.Select(number => account.Tenant.AddPerson("Person", $"{number}")).ToArray(),
            FieldValueType.CompanyMulti => numbers.Select(number => account.Tenant.AddCompany($"Company {number}")).ToArray(),
            FieldValueType.DropdownMulti => numbers.Select(number => account.Tenant.AddOption(field, $"Option {number}")).ToArray(),
            FieldValueType.NumberMulti => numbers.Select(number => (double)number).ToArray(),
            FieldValueType.LocationMulti => numbers.Select(number => new Location(null, $"City {number}", null, null, null)).ToArray(),
            _ => numbers.Select(number => $"Text {number}").ToArray(),
        };
    }
}
