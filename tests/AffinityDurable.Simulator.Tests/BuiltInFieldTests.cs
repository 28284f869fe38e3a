using System.Net;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

public sealed class BuiltInFieldTests
{
    [Theory]
    [InlineData("companies", "created-at", "Date Added", "enriched", "datetime")]
    [InlineData("persons", "created-at", "Date Added", "enriched", "datetime")]
    [InlineData("companies", "time-in-current-status", "Time in Current Status", "enriched", "datetime")]
    [InlineData("companies", "lists", "Lists", "global", "list-multi")]
    [InlineData("companies", "notes", "Notes", "global", "note")]
    [InlineData("persons", "reminders", "Reminders", "global", "reminder")]
    [InlineData("companies", "affinity-data-description", "Description", "enriched", "text")]
    [InlineData("companies", "affinity-data-linkedin-url", "LinkedIn URL", "enriched", "text")]
    [InlineData("companies", "affinity-data-industry", "Industry", "enriched", "filterable-text-multi")]
    [InlineData("companies", "affinity-data-investors", "Investors", "enriched", "filterable-text-multi")]
    [InlineData("companies", "affinity-data-investment-stage", "Investment Stage", "enriched", "filterable-text")]
    [InlineData("companies", "affinity-data-last-funding-amount", "Last Funding Amount (USD)", "enriched", "number")]
    [InlineData("companies", "affinity-data-number-of-employees", "Number of Employees", "enriched", "number")]
    [InlineData("companies", "affinity-data-total-funding-amount", "Total Funding Amount (USD)", "enriched", "number")]
    [InlineData("companies", "affinity-data-year-founded", "Year Founded", "enriched", "number")]
    [InlineData("companies", "affinity-data-last-funding-date", "Last Funding Date", "enriched", "datetime")]
    [InlineData("companies", "affinity-data-location", "Location", "enriched", "location")]
    [InlineData("persons", "affinity-data-current-job-title", "Current Job Title", "enriched", "filterable-text")]
    [InlineData("persons", "affinity-data-current-organization", "Current Organization", "enriched", "company")]
    [InlineData("persons", "affinity-data-industry", "Industry", "enriched", "filterable-text-multi")]
    [Proves("META-9", "META-11", "META-12", "META-13", "META-14", "META-15", "META-16", "META-19")]
    public async Task Every_account_has_these_fields(string kind, string id, string name, string type, string valueType)
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Tenant.AddBuiltInFields();
        var field = (await sim.GetAsync($"v2/{kind}/fields")).Data.Single(each => (string)each!["id"]! == id)!;
        var source = id.StartsWith("affinity-data-", StringComparison.Ordinal) ? "affinity-data" : null;
        Assert.Equal(
            (name, type, valueType, source, null),
            ((string)field["name"]!, (string)field["type"]!, (string)field["valueType"]!, (string?)field["enrichmentSource"], (string?)field["createdAt"]));
    }

    [Fact]
    [Proves("META-10")]
    public async Task Other_built_in_ids_are_bare_slugs()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Tenant.AddBuiltInFields();
        var ids = (await sim.GetAsync("v2/companies/fields")).Data.Select(field => (string)field!["id"]!).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "source-of-introduction", "first-email", "last-email", "first-event", "last-event", "next-event", "last-contact",
                "first-chat-message", "last-chat-message",
            },
            ids);
    }

    [Theory]
    [InlineData("2024-01-01", false)]
    [InlineData("2026-07-15", false)]
    [InlineData("2026-09-17", true)]
    [Proves("VER-23")]
    public async Task Notes_reminders_and_lists_are_fields_in_the_newest_version_only(string version, bool isShown)
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Tenant.AddBuiltInFields();
        foreach (var id in new[] { "notes", "reminders", "lists" })
        {
            foreach (var path in new[] { "v2/companies/fields", "v2/lists/101/fields", $"{sim.EntryPath}/fields?limit=100", "v2/companies/500001/fields?limit=100" })
            {
                Assert.Equal(isShown, (await sim.GetAsync(path, version)).Data.Any(field => (string)field!["id"]! == id));
            }

            var status = isShown ? HttpStatusCode.OK : HttpStatusCode.NotFound;
            Assert.Equal(status, (await sim.GetAsync($"{sim.EntryPath}/fields/{id}", version)).Status);
            Assert.Equal(status, (await sim.GetAsync($"v2/companies/500001/fields/{id}", version)).Status);
        }
    }

    [Fact]
    public async Task Date_added_is_when_the_row_was_added()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Tenant.AddBuiltInFields();
        var added = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
        var entry = sim.Account.List.AddEntry(sim.Account.Acme, createdAt: added);
        var value = (await sim.GetAsync($"v2/lists/101/list-entries/{entry.Id}?fieldIds=created-at")).Json["entity"]!["fields"]![0]!["value"]!;
        Assert.Equal("2026-03-04T05:06:07Z", (string)value["data"]!);
    }

    [Fact]
    public void A_generated_account_has_them_when_asked_for()
    {
        var plain = TenantGenerator.Generate(new GeneratorSettings { Companies = 1 });
        var full = TenantGenerator.Generate(new GeneratorSettings { Companies = 1, HasBuiltInFields = true });
        Assert.Empty(plain.CompanyFields);
        Assert.Equal(plain.Lists[0].Fields.Count + full.CompanyFields.Count, full.Lists[0].Fields.Count);
    }
}
