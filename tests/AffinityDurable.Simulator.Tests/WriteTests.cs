using System.Net;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;

namespace AffinityDurable.Simulator.Tests;

public sealed class WriteTests
{
    [Fact]
    [Proves("WRITE-1", "WRITE-2", "WRITE-3")]
    public async Task A_batch_answers_200_with_its_operation_and_a_single_update_204_without_a_body()
    {
        await using var sim = await Sim.StartAsync();
        var patch = await sim.PatchAsync(sim.Account.Arr.To("12.5"));
        Assert.Equal((HttpStatusCode.OK, """{"operation":"update-fields"}"""), (patch.Status, patch.Body));
        var post = await sim.PostAsync(sim.Account.Note, sim.Account.Note.Value("\"hi\""));
        Assert.Equal((HttpStatusCode.NoContent, ""), (post.Status, post.Body));
        Assert.Equal((12.5, "hi"), (sim.Account.Entry.Get(sim.Account.Arr), sim.Account.Entry.Get(sim.Account.Note)));
    }

    public static TheoryData<string, string, string> RoundTrips => new()
    {
        { "ARR", "12.5", "12.5" },
        { "ARR", "-0.1", "-0.1" },
        { "ARR", "123456789012", "123456789012" },
        { "Note", "\"Zürich \\u2713 \\\"x\\\"\"", "\"Z\\u00FCrich \\u2713 \\u0022x\\u0022\"" },
        { "Keyword", "\"AI\"", "\"AI\"" },
        { "Keywords", "[\"AI\",\"Bio\"]", "[\"AI\",\"Bio\"]" },
        { "Scores", "[1,2.5]", "[1,2.5]" },
        { "Closed", "\"2024-04-01T15:30:00Z\"", "\"2024-04-01T07:00:00Z\"" },
        { "HQ", Berlin, Berlin },
        { "Offices", $"[{Berlin},{Berlin}]", $"[{Berlin},{Berlin}]" },
        { "Stage", """{"dropdownOptionId":3002}""", """{"dropdownOptionId":3002,"text":"Series A"}""" },
        { "Stage", """{"dropdownOptionId":3002.0}""", """{"dropdownOptionId":3002,"text":"Series A"}""" },
        { "Status", """{"dropdownOptionId":3004}""", """{"dropdownOptionId":3004,"text":"Won","rank":1,"color":null}""" },
        { "Tags", """[{"dropdownOptionId":3005}]""", """[{"dropdownOptionId":3005,"text":"AI"}]""" },
        { "Owner", """{"id":21}""", Ada },
        { "Owners", """[{"id":21}]""", $"[{Ada}]" },
        { "Parent", """{"id":500002}""", """{"id":500002,"name":"Birch","domain":"birch.example"}""" },
        { "Peers", """[{"id":500002}]""", """[{"id":500002,"name":"Birch","domain":"birch.example"}]""" },
    };

    private static string Berlin => """{"streetAddress":null,"city":"Berlin","state":null,"country":"Germany","continent":"Europe"}""";

    private static string Ada =>
        """{"id":21,"firstName":"Ada","lastName":"Lovelace","primaryEmailAddress":"ada@example.vc","type":"internal"}""";

    [Theory]
    [Proves(
        "SHAPE-1", "SHAPE-2", "SHAPE-3", "SHAPE-4", "SHAPE-5", "SHAPE-6", "SHAPE-7", "SHAPE-8", "SHAPE-9", "SHAPE-10",
        "SHAPE-11", "SHAPE-13", "SHAPE-14", "SHAPE-15", "WRITE-13", "WRITE-14", "WRITE-16", "WRITE-17", "WRITE-20",
        "WRITE-21", "WRITE-23", "WRITE-24", "WRITE-26", "WRITE-27", "WRITE-31", "WRITE-58")]
    [MemberData(nameof(RoundTrips))]
    public async Task Every_value_type_is_read_back_in_its_own_shape(string name, string sent, string read)
    {
        await using var sim = await Sim.StartAsync();
        var field = sim.Account.List.Fields.Single(each => each.Name == name);
        var answer = await sim.PatchAsync(field.To(sent));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        var value = await sim.ReadAsync(field);
        Assert.Equal(read, value["data"]!.ToJsonString());
        Assert.Equal(field.ValueType.IsMulti(), value.AsObject().ContainsKey("totalCount"));
    }

    [Theory]
    [Proves("SHAPE-1", "SHAPE-2", "SHAPE-3", "SHAPE-4", "SHAPE-5", "SHAPE-6", "WRITE-12", "WRITE-37")]
    [MemberData(nameof(RoundTrips))]
    public async Task Null_clears_every_value_type(string name, string sent, string _)
    {
        await using var sim = await Sim.StartAsync();
        var field = sim.Account.List.Fields.Single(each => each.Name == name);
        await sim.PatchAsync(field.To(sent));
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(field.To("null"))).Status);
        Assert.Null((await sim.ReadAsync(field))["data"]);
    }

    [Theory]
    [Proves("QUIRK-5", "WRITE-45", "WRITE-46")]
    [InlineData("2024-04-01T15:30:00Z", "2024-04-01T07:00:00Z")]
    [InlineData("2024-01-15T12:00:00Z", "2024-01-15T08:00:00Z")]
    [InlineData("2024-03-10T12:00:00Z", "2024-03-10T08:00:00Z")]
    [InlineData("2024-03-11T12:00:00Z", "2024-03-11T07:00:00Z")]
    [InlineData("2024-11-03T12:00:00Z", "2024-11-03T07:00:00Z")]
    [InlineData("2024-11-04T12:00:00Z", "2024-11-04T08:00:00Z")]
    [InlineData("2024-04-01T23:30:00-05:00", "2024-04-02T07:00:00Z")]
    [InlineData("2024-04-01T00:30:00+02:00", "2024-03-31T07:00:00Z")]
    [InlineData("2024-04-01t00:00:00.123456789z", "2024-04-01T07:00:00Z")]
    public async Task A_date_is_stored_as_midnight_Pacific_of_its_UTC_day(string sent, string read)
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Closed.To($"\"{sent}\""));
        Assert.Equal(read, (string)(await sim.ReadAsync(sim.Account.Closed))["data"]!);
    }

    [Fact]
    [Proves("QUIRK-7", "WRITE-39")]
    public async Task A_write_replaces_the_whole_set_and_a_set_holds_nothing_twice()
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Tags.To("""[{"dropdownOptionId":3005},{"dropdownOptionId":3006}]"""));
        await sim.PatchAsync(sim.Account.Tags.To("""[{"dropdownOptionId":3007},{"dropdownOptionId":3007}]"""));
        Assert.Equal(["Climate"], (string[])sim.Account.Entry.Get(sim.Account.Tags)!);
    }

    [Fact]
    [Proves("ENTRY-12")]
    public async Task An_empty_set_reads_as_null()
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Tags.To("""[{"dropdownOptionId":3005}]"""));
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Tags.To("[]"))).Status);
        Assert.Equal("""{"type":"dropdown-multi","data":null,"totalCount":0}""", (await sim.ReadAsync(sim.Account.Tags)).ToJsonString());
    }

    [Fact]
    [Proves("WRITE-49")]
    public async Task Of_two_updates_of_a_field_the_last_one_wins()
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("1"), sim.Account.Arr.To("2"))).Status);
        Assert.Equal(2.0, sim.Account.Entry.Get(sim.Account.Arr));
    }

    [Fact]
    [Proves("WRITE-36")]
    public async Task One_rejected_update_leaves_the_whole_batch_unchanged()
    {
        await using var sim = await Sim.StartAsync();
        sim.Account.Entry.Set(sim.Account.Arr, 1);
        var answer = await sim.PatchAsync(sim.Account.Arr.To("2"), sim.Account.Stage.To("""{"dropdownOptionId":3005}"""));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(1.0, sim.Account.Entry.Get(sim.Account.Arr));
        Assert.Equal((0, 0L), (sim.Account.Entry.AcceptedPatches, sim.Server.Counters.StoredUpdates));
    }

    [Fact]
    [Proves("WRITE-36")]
    public async Task Without_atomic_batches_what_came_before_the_rejected_update_stays()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Behavior.AtomicBatches = false;
        var account = sim.Account;
        var answer = await sim.PatchAsync(account.Arr.To("2"), account.Stage.To("""{"dropdownOptionId":3005}"""), account.Note.To("\"n\""));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(2.0, account.Entry.Get(account.Arr));
        Assert.Null(account.Entry.Get(account.Note));
    }

    [Fact]
    public async Task No_read_ever_sees_half_a_batch()
    {
        var account = new Account();
        Field[] fields = [account.Employees, .. Enumerable.Range(0, 99).Select(number => account.List.Number($"Number {number}"))];
        await using var sim = await Sim.StartAsync(new() { CallsPerMinute = int.MaxValue }, account);
        Task<Answer> WriteAsync(int number) => sim.PatchAsync([.. fields.Select(field => field.To($"{number}"))]);
        await WriteAsync(0);
        var query = string.Join("&", fields.Select(field => $"ids={field.Id}"));
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(async _ =>
        {
            var reads = 0;
            for (; !done.IsCancellationRequested; reads++)
            {
                var seen = (await sim.GetAsync($"{sim.EntryPath}/fields?limit=100&{query}")).Data;
                Assert.Single(seen.Select(field => (double)field!["value"]!["data"]!).Distinct());
            }

            return reads;
        }).ToArray();
        await Parallel.ForEachAsync(Enumerable.Range(1, 1_000), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (number, _) =>
            Assert.Equal(HttpStatusCode.OK, (await WriteAsync(number)).Status));
        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 0));
        Assert.Equal(1_001, account.Entry.AcceptedPatches);
    }

    [Fact]
    [Proves("WRITE-57")]
    public async Task Global_and_enriched_fields_are_written_through_the_entry_unless_switched_off()
    {
        await using var sim = await Sim.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Sector.To("\"Bio\""), sim.Account.Employees.To("7"))).Status);
        Assert.Equal(("Bio", 7.0), (sim.Account.Acme.Get(sim.Account.Sector), sim.Account.Acme.Get(sim.Account.Employees)));
        sim.Server.Behavior.EntityFieldsWritableThroughEntries = false;
        Assert.Equal(HttpStatusCode.BadRequest, (await sim.PatchAsync(sim.Account.Sector.To("\"AI\""))).Status);
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
    }

    [Fact]
    [Proves("WRITE-62", "WRITE-63")]
    public async Task Numbers_are_rounded_and_texts_trimmed_on_demand()
    {
        await using var sim = await Sim.StartAsync();
        string[] updates = [sim.Account.Arr.To("2.345"), sim.Account.Note.To("\"  x \""), sim.Account.Keywords.To("[\" a \",\" \"]")];
        await sim.PatchAsync(updates);
        Assert.Equal((2.345, "  x "), (sim.Account.Entry.Get(sim.Account.Arr), sim.Account.Entry.Get(sim.Account.Note)));
        (sim.Server.Behavior.NumberDecimals, sim.Server.Behavior.TrimsTexts) = (1, true);
        await sim.PatchAsync(updates);
        Assert.Equal((2.3, "x"), (sim.Account.Entry.Get(sim.Account.Arr), sim.Account.Entry.Get(sim.Account.Note)));
        Assert.Equal(["a"], (string[])sim.Account.Entry.Get(sim.Account.Keywords)!);
    }

    [Fact]
    public async Task A_human_edit_is_seen_by_the_next_read_and_counts_as_no_patch()
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Stage.To("""{"dropdownOptionId":3001}"""));
        sim.Account.Entry.Set(sim.Account.Stage, "Series A").Set(sim.Account.Closed, new DateOnly(2026, 2, 1));
        Assert.Equal("Series A", (string)(await sim.ReadAsync(sim.Account.Stage))["data"]!["text"]!);
        Assert.Equal("2026-02-01T08:00:00Z", (string)(await sim.ReadAsync(sim.Account.Closed))["data"]!);
        Assert.Equal(1, sim.Account.Entry.AcceptedPatches);
    }

    [Fact]
    [Proves("ERR-9")]
    public async Task An_entry_that_does_not_exist_or_is_on_another_list_answers_404()
    {
        await using var sim = await Sim.StartAsync();
        var elsewhere = sim.Account.Tenant.AddList("Other").AddEntry(sim.Account.Acme);
        foreach (var id in (long[])[1, elsewhere.Id])
        {
            var answer = await sim.SendAsync(
                HttpMethod.Patch, $"v2/lists/101/list-entries/{id}/fields", """{"operation":"update-fields","updates":[]}""");
            Assert.Equal((HttpStatusCode.NotFound, "not-found"), (answer.Status, (string)answer.Error["code"]!));
        }
    }
}
