using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests.Writing;

public sealed class WriteSwitchTests
{
    [Theory]
    [Proves("WRITE-9")]
    [InlineData(true, null)]
    [InlineData(false, 5.0)]
    public async Task An_update_without_a_value_clears_or_does_nothing(bool clears, double? left)
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Behavior.MissingValueClears = clears;
        sim.Account.Entry.Set(sim.Account.Arr, 5);
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync($$"""{"id":"{{sim.Account.Arr.Id}}"}""")).Status);
        Assert.Equal(left, sim.Account.Entry.Get(sim.Account.Arr));
        Assert.Equal((1, clears ? 1L : 0), (sim.Account.Entry.AcceptedPatches, sim.Server.Counters.StoredUpdates));
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.PatchAsync("""{"id":"field-999"}""")).Status);
    }

    [Fact]
    [Proves("WRITE-38")]
    public async Task An_empty_array_is_null_or_refused()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Entry.Set(sim.Account.Tags, new[] { "AI" });
        sim.Server.Behavior.EmptyArraysRefused = true;
        var answer = await sim.PatchAsync(sim.Account.Tags.To("[]"));
        Assert.Equal((HttpStatusCode.BadRequest, "array size at `/updates/0/value/data` is less than: 1"), (answer.Status, answer.Message));
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.PostAsync(sim.Account.Keywords, sim.Account.Keywords.Value("[]"))).Status);
        Assert.NotNull(sim.Account.Entry.Get(sim.Account.Tags));
        sim.Server.Behavior.EmptyArraysRefused = false;
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Tags.To("[]"))).Status);
        Assert.Null(sim.Account.Entry.Get(sim.Account.Tags));
    }

    [Fact]
    [Proves("WRITE-7")]
    public async Task A_batch_without_updates_counts_as_a_PATCH_or_is_refused()
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync()).Status);
        Assert.Equal((1, 0L), (sim.Account.Entry.AcceptedPatches, sim.Server.Counters.StoredUpdates));
        sim.Server.Behavior.EmptyBatchesRefused = true;
        var answer = await sim.PatchAsync();
        Assert.Equal((HttpStatusCode.BadRequest, "array size at `/updates` is less than: 1"), (answer.Status, answer.Message));
        Assert.Equal(1, sim.Account.Entry.AcceptedPatches);
    }

    [Fact]
    [Proves("WRITE-59")]
    public async Task Dates_that_Affinity_keeps_itself_are_refused_or_written_and_those_with_a_source_always_written()
    {
        var account = new Account();
        var added = account.Tenant.AddCompanyField("Date Added", FieldValueType.Datetime, FieldType.Enriched, "created-at");
        var funded = account.Tenant.AddCompanyField("Last Funding", FieldValueType.Datetime, FieldType.Enriched, "affinity-data-last-funding-date");
        await using var sim = await Sim.StartAsync(account: account);
        var answer = await sim.PatchAsync(added.To("\"2024-04-01T12:00:00Z\""));
        Assert.Equal((HttpStatusCode.BadRequest, "/updates/0"), (answer.Status, (string)answer.Error["param"]!));
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(funded.To("\"2024-04-01T12:00:00Z\""))).Status);
        sim.Server.Behavior.BuiltInDatesWritable = true;
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(added.To("\"2024-04-01T12:00:00Z\""))).Status);
        Assert.NotNull(account.Acme.Get(added));
    }

    [Theory]
    [Proves("WRITE-61")]
    [InlineData(400, "validation")]
    [InlineData(404, "not-found")]
    public async Task The_option_of_another_field_answers_400_or_as_switched(int status, string code)
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Behavior.ForeignOptionStatus = status;
        var answer = await sim.PatchAsync(sim.Account.Stage.To("""{"dropdownOptionId":3005}"""));
        Assert.Equal((status, code), ((int)answer.Status, (string)answer.Error["code"]!));
    }

    [Fact]
    [Proves("WRITE-64")]
    public async Task Texts_have_any_length_or_a_longest()
    {
        await using var sim = await Sim.StartAsync();
        var text = new string('x', 100_000);
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Note.To($"\"{text}\""))).Status);
        Assert.Equal(text, sim.Account.Entry.Get(sim.Account.Note));
        sim.Server.Behavior.LongestText = 3;
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Note.To("\"abc\""), sim.Account.Keywords.To("[\"abc\"]"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.PatchAsync(sim.Account.Note.To("\"abcd\""))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.PatchAsync(sim.Account.Keywords.To("[\"a\",\"abcd\"]"))).Status);
    }
}
