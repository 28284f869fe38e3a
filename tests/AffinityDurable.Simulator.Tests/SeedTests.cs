using System.Text;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;

namespace AffinityDurable.Simulator.Tests;

public sealed class SeedTests
{
    [Fact]
    public async Task A_saved_tenant_loads_to_the_same_tenant()
    {
        var account = new Account();
        var place = new Location(null, "Berlin", null, "Germany", "Europe");
        account.Entry.Set(account.Arr, 12.5).Set(account.Note, "n").Set(account.Closed, new DateOnly(2026, 4, 1))
            .Set(account.Stage, "Seed").Set(account.Tags, new[] { "AI", "Bio" }).Set(account.Place, place).Set(account.Places, new[] { place })
            .Set(account.Owner, 21).Set(account.Peers, new[] { account.Birch }).Set(account.Keywords, new[] { "k" })
            .Set(account.Scores, new[] { 1.5, 2 }).Set(account.Margin, """{"calculatedValue":3}""").Hide(account.Note);
        account.Acme.Set(account.Sector, "Bio");
        account.Tenant.AddOption(account.Status, new DropdownOption(0, "Lost") { StatusCategory = "lost", Color = "red", Rank = 9 });
        account.Tenant.AddList("Deals", ListType.Opportunity).AddOpportunity("Big one").IsRestricted = true;
        account.Birch.MergeInto(account.Tenant.AddCompany("Cedar"));
        var first = await SaveAsync(account.Tenant);
        var second = await SaveAsync(await LoadAsync(first));
        Assert.Equal(first, second);
        Assert.Contains("\"calculatedValue\"", first, StringComparison.Ordinal);
        Assert.Contains("\"mergedInto\"", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seed_by_hand_may_leave_out_ids_keys_and_defaults()
    {
        var tenant = await LoadAsync("""
            {
              "companies": [{ "id": 5, "name": "Acme", "domains": ["acme.com"] }],
              "lists": [{
                "name": "Deals",
                "fields": [
                  { "id": "stage", "name": "Stage", "valueType": "dropdown", "options": ["Seed", { "id": 77, "text": "Series A" }] },
                  { "id": "closed", "name": "Closed", "valueType": "datetime" }
                ],
                "entries": [{ "entityId": 5, "values": { "stage": "Series A", "closed": "2026-07-01" } }]
              }]
            }
            """);
        var list = tenant.Lists.Single();
        var entry = list.Entries.Single();
        Assert.Equal("Series A", entry.Get(list.FindField("stage")!));
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 7, 0, 0, TimeSpan.Zero), entry.Get(list.FindField("closed")!));
        Assert.Equal(Tenant.DefaultApiKey, tenant.ApiKeys.Single().Secret);
    }

    [Theory]
    [InlineData("""{"lists":[{"name":"L","entries":[{"entityId":9}]}]}""", "Company 9")]
    [InlineData("""{"lists":[{"fields":[]}]}""", "not sound")]
    [InlineData("""{"lists":[{"name":"L","fields":[{"name":"F","valueType":"status"}]}]}""", "'status'")]
    [InlineData("""{"lists":[{"name":"L","type":"deal"}]}""", "'deal'")]
    public async Task A_seed_that_is_not_sound_is_refused_with_the_reason(string seed, string reason)
    {
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => LoadAsync(seed));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_generates_the_same_tenant_and_another_a_different_one()
    {
        var settings = new GeneratorSettings { Companies = 50, Fields = 12, Seed = 7 };
        var first = await SaveAsync(TenantGenerator.Generate(settings));
        Assert.Equal(first, await SaveAsync(TenantGenerator.Generate(settings)));
        Assert.NotEqual(first, await SaveAsync(TenantGenerator.Generate(settings with { Seed = 8 })));
    }

    [Fact]
    public void A_generated_list_has_the_asked_size_and_mostly_filled_values()
    {
        var list = TenantGenerator.Generate(new GeneratorSettings { Companies = 300, Fields = 10, FilledPercent = 80 }).Lists.Single();
        Assert.Equal((300, 10), (list.EntryCount, list.Fields.Count));
        Assert.Equal(10, list.Fields.Select(field => field.Name).Distinct().Count());
        var filled = list.Entries.Sum(entry => list.Fields.Count(field => entry.Get(field) is not null));
        Assert.InRange(filled, 2_100, 2_600);
    }

    [Fact]
    public void Values_that_do_not_suit_their_field_are_refused_when_they_are_built()
    {
        var account = new Account();
        Assert.Throws<ArgumentException>(() => account.Entry.Set(account.Arr, "12"));
        Assert.Throws<ArgumentException>(() => account.Entry.Set(account.Stage, "Series Z"));
        Assert.Throws<ArgumentException>(() => account.Entry.Set(account.Closed, "2026-01-01"));
        Assert.Throws<ArgumentException>(() => account.List.AddEntry(account.Tenant.AddPerson("Grace", null)));
        Assert.Throws<ArgumentException>(() => account.List.Text("Again", account.Note.Id));
        Assert.Throws<ArgumentException>(() => account.Tenant.AddOption(account.Arr, "x"));
    }

    [Fact]
    public void Ids_given_by_hand_are_never_handed_out_again()
    {
        var tenant = new Tenant();
        var list = tenant.AddList("L", id: 500);
        Assert.Equal(501, tenant.AddList("M").Id);
        list.Text("F", "field-2000");
        Assert.Equal("field-2001", list.Text("G").Id);
        var acme = tenant.AddCompany("Acme");
        var late = list.AddEntry(acme, id: 50);
        var early = list.AddEntry(acme, id: 40);
        Assert.Equal([early, late], list.Entries);
        Assert.Throws<ArgumentException>(() => list.AddEntry(acme, id: 50));
    }

    private static async Task<string> SaveAsync(Tenant tenant)
    {
        using var stream = new MemoryStream();
        await SeedFile.SaveAsync(tenant, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<Tenant> LoadAsync(string seed)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(seed));
        return await SeedFile.LoadAsync(stream);
    }
}
