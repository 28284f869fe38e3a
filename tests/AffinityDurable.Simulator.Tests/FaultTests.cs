using System.Net;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests;

public sealed class FaultTests
{
    private const string Patch = "PATCH /v2/lists/{listId}/list-entries/{listEntryId}/fields";

    [Fact]
    public async Task Broken_writes_answer_500_and_change_nothing_while_reads_go_on()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.WritesBroken = true;
        var answer = await sim.PatchAsync(sim.Account.Arr.To("1"));
        Assert.Equal((HttpStatusCode.InternalServerError, "server"), (answer.Status, (string)answer.Error["code"]!));
        Assert.Equal(HttpStatusCode.InternalServerError, (await sim.PostAsync(sim.Account.Arr, sim.Account.Arr.Value("1"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await sim.GetAsync("v2/lists")).Status);
        Assert.Equal(HttpStatusCode.Created, (await sim.SendAsync(HttpMethod.Post, $"v2/lists/{sim.Account.List.Id}/list-entries/search", "{}")).Status);
        Assert.Null(sim.Account.Entry.Get(sim.Account.Arr));
    }

    [Fact]
    public async Task The_next_matching_requests_fail_with_the_given_status()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.FailNext(2, 503, "PATCH", $"/{sim.Account.Entry.Id}/");
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Other, sim.Account.Arr.To("1"))).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await sim.GetAsync($"{sim.EntryPath}/fields")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
        Assert.Empty(sim.Server.Faults.Pending);
    }

    [Fact]
    public async Task A_fault_can_let_some_requests_pass_first()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { Skip = 2, Status = 500 });
        var statuses = new List<int>();
        for (var call = 0; call < 4; call++)
        {
            statuses.Add((int)(await sim.GetAsync("v2/lists")).Status);
        }

        Assert.Equal([200, 200, 500, 200], statuses);
    }

    [Theory]
    [Proves("RETRY-1")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cut_connection_tells_nothing_of_whether_the_write_was_committed(bool afterCommit)
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.CutNext(1, afterCommit, "PATCH");
        await Assert.ThrowsAsync<HttpRequestException>(() => sim.PatchAsync(sim.Account.Arr.To("1")));
        Assert.Equal(afterCommit ? 1.0 : null, sim.Account.Entry.Get(sim.Account.Arr));
        Assert.Equal(afterCommit ? 1 : 0, sim.Account.Entry.AcceptedPatches);
        Assert.Equal(1, sim.Server.Counters.Calls(Patch, 0));
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("2"))).Status);
    }

    [Fact]
    [Proves("RETRY-1")]
    public async Task A_status_after_the_commit_hides_a_write_that_happened()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { Status = 504, AfterCommit = true });
        var answer = await sim.PatchAsync(sim.Account.Arr.To("1"));
        Assert.Equal((HttpStatusCode.GatewayTimeout, "timeout"), (answer.Status, (string)answer.Error["code"]!));
        Assert.Equal((1.0, 1), (sim.Account.Entry.Get(sim.Account.Arr), sim.Server.Counters.PatchesOf(sim.Account.Entry.Id)));
    }

    [Fact]
    public async Task Latency_passes_on_the_clock_of_the_options()
    {
        var time = new FakeTimeProvider();
        var watch = new TimerWatch(time);
        await using var sim = await Sim.StartAsync(new() { TimeProvider = watch });
        sim.Server.Faults.Latency = TimeSpan.FromMinutes(10);
        var answer = sim.GetAsync("v2/lists");
        Assert.Equal(TimeSpan.FromMinutes(10), await watch.NextAsync());
        time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(0, sim.Server.Counters.Total);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await answer).Status);
    }

    [Fact]
    public async Task A_fault_that_makes_no_sense_is_refused()
    {
        await using var sim = await Sim.StartAsync();
        Assert.Throws<ArgumentException>(() => sim.Server.Faults.FailNext(1, 200));
        Assert.Throws<ArgumentException>(() => sim.Server.Faults.FailNext(0, 500));
        Assert.Throws<ArgumentOutOfRangeException>(() => sim.Server.Faults.Latency = TimeSpan.FromSeconds(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sim.Server.Limits.CallsPerMinute = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => sim.Server.Limits.WindowLength = TimeSpan.Zero);
    }

    [Fact]
    public async Task A_human_can_edit_in_the_nick_of_time()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new()
        {
            Method = "PATCH",
            OnMatch = () =>
            {
                sim.Account.Entry.Set(sim.Account.Note, "by hand");
                return Task.CompletedTask;
            },
        });
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
        Assert.Equal((1.0, "by hand"), (sim.Account.Entry.Get(sim.Account.Arr), sim.Account.Entry.Get(sim.Account.Note)));
    }

    [Fact]
    public async Task Clearing_ends_all_faults()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { Times = null, Status = 500 });
        sim.Server.Faults.WritesBroken = true;
        Assert.Equal(HttpStatusCode.InternalServerError, (await sim.GetAsync("v2/lists")).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await sim.GetAsync("v2/lists")).Status);
        sim.Server.Faults.Clear();
        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("1"))).Status);
    }

    [Fact]
    public async Task Calls_are_counted_by_template_and_status_and_patches_by_entry()
    {
        await using var sim = await Sim.StartAsync();
        await sim.PatchAsync(sim.Account.Arr.To("1"), sim.Account.Note.To("\"n\""));
        await sim.PatchAsync(sim.Account.Other, sim.Account.Arr.To("1"));
        await sim.PatchAsync(sim.Account.Arr.To("\"bad\""));
        await sim.GetAsync("v2/nothing");
        var counters = sim.Server.Counters;
        Assert.Equal((2L, 1L, 3L), (counters.Calls(Patch, 200), counters.Calls(Patch, 400), counters.Calls(Patch)));
        Assert.Equal((3L, 2L, 3L, 4L), (counters.PatchCalls, counters.AcceptedPatches, counters.StoredUpdates, counters.Total));
        Assert.Equal((1, 1), (counters.PatchesOf(sim.Account.Entry.Id), counters.PatchesOf(sim.Account.Other.Id)));
        Assert.Equal(1, counters.Calls("unmatched", 404));
        Assert.Equal([(Patch, 200, 2L), (Patch, 400, 1L), ("unmatched", 404, 1L)], counters.Snapshot().Select(count => (count.Endpoint, count.Status, count.Calls)));
        counters.Reset();
        Assert.Equal((0L, 0L, 0), (counters.Total, counters.StoredUpdates, counters.PatchesOf(sim.Account.Entry.Id)));
    }

    [Fact]
    public async Task No_patch_is_lost_or_counted_twice_under_load()
    {
        var tenant = TenantGenerator.Generate(new GeneratorSettings { Companies = 500, Fields = 4 });
        await using var server = await SimulatorServer.StartAsync(new() { CallsPerMinute = int.MaxValue }, tenant);
        using var client = new HttpClient { BaseAddress = server.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", server.ApiKey);
        var list = tenant.Lists[0];
        var number = list.Fields.First(field => field.ValueType == Model.FieldValueType.Number);
        await Parallel.ForEachAsync(list.Entries, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (entry, cancelled) =>
        {
            var update = number.To($"{entry.Id}");
            using var content = new StringContent(
                $$"""{"operation":"update-fields","updates":[{{update}}]}""", System.Text.Encoding.UTF8, "application/json");
            using var response = await client.PatchAsync($"v2/lists/{list.Id}/list-entries/{entry.Id}/fields", content, cancelled);
            response.EnsureSuccessStatusCode();
        });
        Assert.All(list.Entries, entry => Assert.Equal((1, (double)entry.Id), (entry.AcceptedPatches, (double)entry.Get(number)!)));
        Assert.Equal(500, server.Counters.AcceptedPatches);
    }
}
