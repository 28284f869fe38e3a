using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Writing;

public sealed class EntityWriteTests
{
    private const string AcmePath = "v2/companies/500001";
    private const string AdaPath = "v2/persons/21";

    [Fact]
    [Proves("ENT-18", "ENT-42", "VER-14")]
    public async Task Many_fields_of_a_company_are_written_by_one_PATCH_in_every_version()
    {
        await using var sim = await Sim.StartAsync();
        foreach (var version in (string[])["2024-01-01", "2026-07-15", "2026-09-17"])
        {
            var answer = await PatchAsync(sim, AcmePath, version, sim.Account.Sector.To($"\"{version}\""), sim.Account.Employees.To("7"));
            Assert.Equal((HttpStatusCode.OK, """{"operation":"update-fields"}"""), (answer.Status, answer.Body));
            Assert.Equal((version, 7.0), (sim.Account.Acme.Get(sim.Account.Sector), sim.Account.Acme.Get(sim.Account.Employees)));
        }

        Assert.Equal((3, 3L, 6L), (sim.Account.Acme.AcceptedPatches, sim.Server.Counters.AcceptedPatches, sim.Server.Counters.StoredUpdates));
        sim.Server.Counters.Reset();
        Assert.Equal(0, sim.Account.Acme.AcceptedPatches);
    }

    [Fact]
    [Proves("ENT-19")]
    public async Task One_field_of_a_company_is_written_by_POST()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await PostAsync(sim, AcmePath, sim.Account.Sector, "\"Fintech\"");
        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Body));
        Assert.Equal("Fintech", (string)(await sim.ReadAsync(sim.Account.Sector))["data"]!);
        Assert.Equal((0, 1L), (sim.Account.Acme.AcceptedPatches, sim.Server.Counters.StoredUpdates));
    }

    [Fact]
    [Proves("ENT-27", "ENT-28")]
    public async Task Persons_are_written_as_companies_are()
    {
        var account = new Account();
        var (title, score) = (account.Tenant.AddPersonField("Title", FieldValueType.Text), account.Tenant.AddPersonField("Score", FieldValueType.Number));
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(sim, AdaPath, null, title.To("\"Countess\""))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(sim, AdaPath, score, "9")).Status);
        var ada = account.Tenant.FindPerson(21)!;
        Assert.Equal(("Countess", 9.0, 1), (ada.Get(title), ada.Get(score), ada.AcceptedPatches));
    }

    [Theory]
    [Proves("WRITE-10")]
    [InlineData("""{"id":"field-1017"}""", "object at `/updates/0` is missing required properties: value")]
    [InlineData("{}", "object at `/updates/0` is missing required properties: id, value")]
    public async Task An_update_of_a_company_needs_a_value(string update, string message)
    {
        await using var sim = await Sim.StartAsync();
        var answer = await PatchAsync(sim, AcmePath, null, update);
        Assert.Equal((HttpStatusCode.BadRequest, message), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task A_company_has_no_list_fields_to_write()
    {
        await using var sim = await Sim.StartAsync();
        var answer = await PatchAsync(sim, AcmePath, null, sim.Account.Arr.To("1"));
        Assert.Equal((HttpStatusCode.BadRequest, "/updates/0"), (answer.Status, (string)answer.Error["param"]!));
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(sim, AcmePath, sim.Account.Arr, "1")).Status);
        sim.Server.Behavior.UnknownFieldStatus = 404;
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(sim, AcmePath, sim.Account.Arr, "1")).Status);
    }

    [Fact]
    [Proves("WRITE-53", "WRITE-54")]
    public async Task Enriched_fields_are_written_and_of_the_relationship_fields_the_source_of_introduction()
    {
        var account = new Account();
        var organization = account.Tenant.AddPersonField(
            "Current Organization", FieldValueType.Company, FieldType.Enriched, "affinity-data-current-organization");
        var source = account.Tenant.AddPersonField(
            "Source of Introduction", FieldValueType.PersonMulti, FieldType.RelationshipIntelligence, "source-of-introduction");
        var other = account.Tenant.AddPersonField("Strength", FieldValueType.Number, FieldType.RelationshipIntelligence, "strength");
        await using var sim = await Sim.StartAsync(account: account);
        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(sim, AdaPath, null, organization.To("""{"id":500001}"""), source.To("""[{"id":21}]"""))).Status);
        Assert.Equal(500001L, account.Tenant.FindPerson(21)!.Get(organization));
        Assert.Equal(HttpStatusCode.BadRequest, (await PatchAsync(sim, AdaPath, null, other.To("1"))).Status);
    }

    [Fact]
    [Proves("WRITE-29")]
    public async Task Value_types_without_an_update_schema_are_refused_whatever_is_sent()
    {
        await using var sim = await Sim.StartAsync();
        var last = sim.Account.LastEmail;
        Assert.Contains("discriminator", (await PostAsync(sim, AcmePath, last, "null")).Message, StringComparison.Ordinal);
        var other = await sim.SendAsync(HttpMethod.Post, $"{AcmePath}/fields/{last.Id}", """{"value":{"type":"text","data":null}}""");
        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
    }

    [Fact]
    public async Task A_batch_for_a_company_is_as_atomic_as_one_for_an_entry()
    {
        await using var sim = await Sim.StartAsync();
        string[] updates = [sim.Account.Sector.To("\"x\""), sim.Account.Arr.To("1")];
        Assert.Equal(HttpStatusCode.BadRequest, (await PatchAsync(sim, AcmePath, null, updates)).Status);
        Assert.Null(sim.Account.Acme.Get(sim.Account.Sector));
        sim.Server.Behavior.AtomicBatches = false;
        Assert.Equal(HttpStatusCode.BadRequest, (await PatchAsync(sim, AcmePath, null, updates)).Status);
        Assert.Equal(("x", 0), (sim.Account.Acme.Get(sim.Account.Sector), sim.Account.Acme.AcceptedPatches));
    }

    [Fact]
    public async Task A_company_that_is_not_there_answers_404_and_a_merged_one_422()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Acme.MergeInto(sim.Account.Birch);
        Assert.Equal(HttpStatusCode.NotFound, (await PatchAsync(sim, "v2/companies/1", null)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PatchAsync(sim, AcmePath, null, sim.Account.Sector.To("\"x\""))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.SendAsync(HttpMethod.Patch, "v2/companies/1/fields", "{}")).Status);
        Assert.Null(sim.Account.Acme.Get(sim.Account.Sector));
    }

    private static Task<Answer> PatchAsync(Sim sim, string path, string? version, params string[] updates) => sim.SendAsync(
        HttpMethod.Patch, $"{path}/fields", $$"""{"operation":"update-fields","updates":[{{string.Join(",", updates)}}]}""", version);

    private static Task<Answer> PostAsync(Sim sim, string path, Field field, string data) =>
        sim.SendAsync(HttpMethod.Post, $"{path}/fields/{field.Id}", $$"""{"value":{{field.Value(data)}}}""");
}
