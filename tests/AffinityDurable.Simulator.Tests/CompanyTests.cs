using System.Net;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

public sealed class CompanyTests
{
    [Fact]
    [Proves("ENT-1", "ENT-13")]
    public async Task A_company_shows_its_fields_only_when_asked()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Acme.Set(sim.Account.Sector, "Fintech");
        Assert.Equal(
            """{"id":500001,"name":"Acme","domain":"acme.com","domains":["acme.com","acme.io"],"isGlobal":true}""",
            (await sim.GetAsync("v2/companies/500001")).Body);
        var fields = (await sim.GetAsync("v2/companies/500001?fieldTypes=global")).Json["fields"]!.AsArray();
        Assert.Equal("Fintech", (string)fields.Single()!["value"]!["data"]!);
    }

    [Fact]
    [Proves("QUERY-10")]
    public async Task A_company_has_no_list_fields_to_ask_for()
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.GetAsync("v2/companies/500001?fieldTypes=list")).Status);
    }

    [Fact]
    [Proves("ENT-22", "ENTRY-16", "ENTRY-17")]
    public async Task The_entries_of_a_company_have_all_fields_at_the_top_and_no_entity()
    {
        await using var sim = await Sim.StartAsync();
        var entry = (await sim.GetAsync("v2/companies/500001/list-entries")).Data.Single()!.AsObject();
        Assert.Equal(["id", "listId", "listName", "createdAt", "creatorId", "fields"], entry.Select(property => property.Key));
        Assert.Equal("Portfolio", (string)entry["listName"]!);
        Assert.Equal(sim.Account.List.Fields.Count, entry["fields"]!.AsArray().Count);
    }

    [Fact]
    [Proves("ERR-14", "ERR-25", "ERR-26")]
    public async Task A_merged_company_answers_422_and_names_the_survivor()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Acme.MergeInto(sim.Account.Birch);
        var answer = await sim.GetAsync("v2/companies/500001");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("unprocessable-entity", (string)answer.Error["code"]!);
        Assert.Equal("500001 no longer exists as it has been merged into 500002", answer.Message);
    }

    [Fact]
    public async Task A_chain_of_merges_names_the_last_survivor()
    {
        await using var sim = await Sim.StartAsync();
        var last = sim.Account.Tenant.AddCompany("Cedar");
        sim.Account.Acme.MergeInto(sim.Account.Birch);
        sim.Account.Birch.MergeInto(last);
        Assert.Contains("500001", (await sim.GetAsync("v2/companies/500001")).Message, StringComparison.Ordinal);
        Assert.EndsWith("500003", (await sim.GetAsync("v2/companies/500001")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => last.MergeInto(sim.Account.Acme));
    }

    [Fact]
    [Proves("QUIRK-17")]
    public async Task Writing_an_entry_of_a_merged_company_answers_422_and_changes_nothing()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Acme.MergeInto(sim.Account.Birch);
        var answer = await sim.PatchAsync(sim.Account.Arr.To("1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("500001 no longer exists as it has been merged into 500002", answer.Message);
        Assert.Null(sim.Account.Entry.Get(sim.Account.Arr));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sim.GetAsync(sim.EntryPath)).Status);
        Assert.Equal([sim.Account.Other.Id], (await sim.GetAsync("v2/lists/101/list-entries")).Data.Select(entry => (long)entry!["id"]!));
    }

    [Fact]
    public async Task A_reference_to_a_merged_company_reads_as_the_survivor_and_cannot_be_written()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Other.Set(sim.Account.Parent, sim.Account.Acme);
        sim.Account.Acme.MergeInto(sim.Account.Tenant.AddCompany("Cedar", "cedar.example"));
        var read = await sim.GetAsync($"v2/lists/101/list-entries/{sim.Account.Other.Id}/fields/{sim.Account.Parent.Id}");
        Assert.Equal("""{"id":500003,"name":"Cedar","domain":"cedar.example"}""", read.Json["value"]!["data"]!.ToJsonString());
        var answer = await sim.PatchAsync(sim.Account.Other, sim.Account.Parent.To("""{"id":500001}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
    }
}
