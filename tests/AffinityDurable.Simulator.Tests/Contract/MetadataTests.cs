using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Contract;

public sealed class MetadataTests
{
    public static TheoryData<string, string, string, string?> CompanyFields => new()
    {
        { "affinity-data-description", "enriched", "text", "affinity-data" },
        { "affinity-data-industry", "enriched", "filterable-text-multi", "affinity-data" },
        { "affinity-data-investment-stage", "enriched", "filterable-text", "affinity-data" },
        { "affinity-data-investors", "enriched", "filterable-text-multi", "affinity-data" },
        { "affinity-data-last-funding-amount", "enriched", "number", "affinity-data" },
        { "affinity-data-last-funding-date", "enriched", "datetime", "affinity-data" },
        { "affinity-data-linkedin-url", "enriched", "text", "affinity-data" },
        { "affinity-data-location", "enriched", "location", "affinity-data" },
        { "affinity-data-number-of-employees", "enriched", "number", "affinity-data" },
        { "affinity-data-total-funding-amount", "enriched", "number", "affinity-data" },
        { "affinity-data-year-founded", "enriched", "number", "affinity-data" },
        { "dealroom-number-of-employees", "enriched", "number", "dealroom" },
        { "eventbrite-events", "enriched", "filterable-text-multi", "eventbrite" },
        { "mailchimp-campaigns", "enriched", "filterable-text-multi", "mailchimp" },
        { "source-of-introduction", "relationship-intelligence", "person", null },
        { "first-email", "relationship-intelligence", "interaction", null },
        { "last-email", "relationship-intelligence", "interaction", null },
        { "first-event", "relationship-intelligence", "interaction", null },
        { "last-event", "relationship-intelligence", "interaction", null },
        { "next-event", "relationship-intelligence", "interaction", null },
        { "last-contact", "relationship-intelligence", "interaction", null },
        { "first-chat-message", "relationship-intelligence", "interaction", null },
        { "last-chat-message", "relationship-intelligence", "interaction", null },
        { "created-at", "enriched", "datetime", null },
        { "time-in-current-status", "enriched", "datetime", null },
        { "lists", "global", "list-multi", null },
        { "notes", "global", "note", null },
        { "reminders", "global", "reminder", null },
    };

    public static TheoryData<string, string, string, string?> PersonFields => new()
    {
        { "affinity-data-current-job-title", "enriched", "filterable-text", "affinity-data" },
        { "affinity-data-current-organization", "enriched", "company", "affinity-data" },
        { "affinity-data-industry", "enriched", "filterable-text-multi", "affinity-data" },
    };

    [Theory]
    [Proves("META-3", "META-5", "META-9", "META-10", "META-11", "META-12", "META-13", "META-14", "META-15", "META-19")]
    [MemberData(nameof(CompanyFields))]
    public async Task Built_in_fields_of_companies_have_slugs_for_ids_and_no_creation(string id, string type, string valueType, string? source)
    {
        var account = new Account();
        if (account.List.FindField(id) is null)
        {
            account.Tenant.AddCompanyField("Built in", FieldValueTypes.Parse(valueType), TypeOf(type), id);
        }

        await using var sim = await Sim.StartAsync(account: account);
        foreach (var path in (string[])["v2/lists/101/fields", "v2/companies/fields"])
        {
            var field = (await sim.GetAsync(path)).Data.Single(each => (string)each!["id"]! == id)!;
            Assert.Equal(
                (type, valueType, source, null),
                ((string)field["type"]!, (string)field["valueType"]!, (string?)field["enrichmentSource"], (string?)field["createdAt"]));
        }

        var read = (await sim.GetAsync($"{sim.EntryPath}?fieldIds={id}")).Json["entity"]!["fields"]!.AsArray().Single()!;
        Assert.Equal((id, type, source, valueType), ((string)read["id"]!, (string)read["type"]!, (string?)read["enrichmentSource"], (string)read["value"]!["type"]!));
    }

    [Theory]
    [Proves("META-9", "META-16", "META-19")]
    [MemberData(nameof(PersonFields))]
    public async Task Built_in_fields_of_persons_are_alike(string id, string type, string valueType, string? source)
    {
        var account = new Account();
        account.Tenant.AddPersonField("Built in", FieldValueTypes.Parse(valueType), TypeOf(type), id);
        await using var sim = await Sim.StartAsync(account: account);
        var field = (await sim.GetAsync("v2/persons/fields")).Data.Single()!;
        Assert.Equal(
            (id, type, valueType, source, null),
            ((string)field["id"]!, (string)field["type"]!, (string)field["valueType"]!, (string?)field["enrichmentSource"], (string?)field["createdAt"]));
    }

    [Fact]
    [Proves("META-8")]
    public async Task Ids_of_list_and_global_fields_are_field_and_a_number()
    {
        await using var sim = await Sim.StartAsync();
        var fields = (await sim.GetAsync("v2/lists/101/fields")).Data.Where(field => (string)field!["type"]! is "list" or "global").ToList();
        Assert.Equal(17, fields.Count);
        Assert.All(fields, field => Assert.Matches("^field-[0-9]+$", (string)field!["id"]!));
        Assert.All(fields, field => Assert.NotNull(field!["createdAt"]));
    }

    [Fact]
    [Proves("META-3", "META-4")]
    public async Task Hidden_is_the_type_of_values_only()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Entry.IsRestricted = true;
        var types = (await sim.GetAsync("v2/lists/101/fields")).Data.Select(field => (string)field!["type"]!).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["enriched", "global", "list", "relationship-intelligence"], types);
        var values = (await sim.GetAsync($"{sim.EntryPath}/fields?limit=100")).Data;
        Assert.All(values, field => Assert.Equal("hidden", (string)field!["value"]!["type"]!));
        Assert.All(values, field => Assert.NotEqual("hidden", (string)field!["type"]!));
    }

    [Fact]
    [Proves("META-17")]
    public async Task There_are_twenty_value_types()
    {
        var account = new Account();
        foreach (var type in (FieldValueType[])[FieldValueType.ListMulti, FieldValueType.Note, FieldValueType.Reminder])
        {
            account.Tenant.AddCompanyField($"{type}", type);
        }

        await using var sim = await Sim.StartAsync(account: account);
        var types = (await sim.GetAsync("v2/lists/101/fields")).Data.Select(field => (string)field!["valueType"]!).Distinct().Order(StringComparer.Ordinal);
        string[] documented =
        [
            "company", "company-multi", "datetime", "dropdown", "dropdown-multi", "filterable-text", "filterable-text-multi", "formula-number",
            "interaction", "list-multi", "location", "location-multi", "note", "number", "number-multi", "person", "person-multi",
            "ranked-dropdown", "reminder", "text",
        ];
        Assert.Equal(documented, types);
    }

    [Fact]
    [Proves("META-18")]
    public async Task A_status_field_is_a_ranked_dropdown()
    {
        var account = new Account();
        account.Tenant.AddOption(account.Status, new DropdownOption(0, "Diligence") { StatusCategory = "open" });
        account.Entry.Set(account.Status, "Diligence");
        await using var sim = await Sim.StartAsync(account: account);
        var field = (await sim.GetAsync("v2/lists/101/fields?filter=name%3DStatus")).Data.Single()!;
        Assert.Equal("ranked-dropdown", (string)field["valueType"]!);
        Assert.Equal("ranked-dropdown", (string)(await sim.ReadAsync(account.Status))["type"]!);
    }

    [Theory]
    [Proves("META-20")]
    [InlineData("", false, false)]
    [InlineData("?includes=filterability", true, false)]
    [InlineData("?includes=sortability", false, true)]
    [InlineData("?includes=filterability&includes=sortability", true, true)]
    public async Task What_a_search_can_do_is_shown_when_it_is_asked_for(string query, bool showsFilterability, bool showsSortability)
    {
        await using var sim = await Sim.StartAsync();
        foreach (var path in (string[])["v2/lists/101/fields", "v2/companies/fields"])
        {
            Assert.All((await sim.GetAsync($"{path}{query}")).Data, field => Assert.Equal(
                (showsFilterability, showsSortability),
                (field!.AsObject().ContainsKey("filterability"), field.AsObject().ContainsKey("sortability"))));
        }
    }

    [Fact]
    [Proves("META-24")]
    public async Task Two_fields_may_have_one_name()
    {
        var account = new Account();
        var twin = account.List.Text("ARR");
        await using var sim = await Sim.StartAsync(account: account);
        var found = (await sim.GetAsync("v2/lists/101/fields?filter=name%3DARR")).Data;
        Assert.Equal([account.Arr.Id, twin.Id], found.Select(field => (string)field!["id"]!));
    }

    [Fact]
    [Proves("META-2", "META-26")]
    public async Task A_new_field_is_shown_at_once()
    {
        await using var sim = await Sim.StartAsync();
        await sim.GetAsync("v2/lists/101/fields");
        var added = sim.Account.List.AddField("Late", FieldValueType.Number, traits: new() { Description = "Came late" });
        var shown = (await sim.GetAsync("v2/lists/101/fields")).Data.Single(field => (string)field!["id"]! == added.Id)!;
        Assert.Equal(("Late", "Came late"), ((string)shown["name"]!, (string)shown["description"]!));
        Assert.Equal(System.Net.HttpStatusCode.OK, (await sim.PatchAsync(added.To("1"))).Status);
    }

    private static FieldType TypeOf(string wireName) => Enum.GetValues<FieldType>().Single(type => type.WireName() == wireName);
}
