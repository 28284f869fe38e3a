using System.Net;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Tests.Facts;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Simulator.Tests;

/// <summary>Which requests a fault sees and hits, and what happens when several do.</summary>
public sealed class FaultRuleTests
{
    private const string Patch = "PATCH /v2/lists/{listId}/list-entries/{listEntryId}/fields";

    [Fact]
    public async Task A_fault_of_an_endpoint_leaves_all_others_alone()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { Endpoint = "GET /v2/lists/{listId}", Times = null, Status = 503 });
        Assert.Equal([503, 200, 200, 200], await StatusesAsync(
            sim, $"v2/lists/{sim.Account.List.Id}", "v2/lists", sim.EntryPath, $"v2/lists/{sim.Account.List.Id}/fields"));
    }

    [Fact]
    public async Task Every_third_matching_request_is_hit_after_those_that_are_skipped()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { PathContains = "/lists", Skip = 2, Every = 3, Times = 2, Status = 500 });
        await sim.GetAsync("v2/rate-limit");
        Assert.Equal([200, 200, 200, 200, 500, 200, 200, 500, 200, 200, 200], await StatusesAsync(sim, [.. Enumerable.Repeat("v2/lists", 11)]));
        Assert.Empty(sim.Server.Faults.Pending);
    }

    [Fact]
    public async Task Hits_by_chance_are_those_of_the_seed()
    {
        var (first, again, other) = (await HitsAsync(seed: 7), await HitsAsync(seed: 7), await HitsAsync(seed: 8));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.InRange(first.Count(status => status == 500), 15, 45);

        static async Task<List<int>> HitsAsync(ulong seed)
        {
            await using var sim = await Sim.StartAsync();
            sim.Server.Faults.Add(new() { Probability = 0.3, Seed = seed, Times = null, Status = 500 });
            return await StatusesAsync(sim, [.. Enumerable.Repeat("v2/lists", 100)]);
        }
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 500)]
    public async Task A_probability_of_0_never_hits_and_of_1_always(double probability, int status)
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { Probability = probability, Times = null, Status = 500 });
        Assert.All(await StatusesAsync(sim, [.. Enumerable.Repeat("v2/lists", 50)]), found => Assert.Equal(status, found));
    }

    [Fact]
    public async Task The_first_fault_that_hits_answers_and_the_next_one_waits()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.Add(new() { Skip = 1, Status = 503 });
        sim.Server.Faults.Add(new() { Skip = 1, Status = 502 });
        Assert.Equal([200, 503, 502, 200], await StatusesAsync(sim, [.. Enumerable.Repeat("v2/lists", 4)]));
    }

    [Fact]
    public async Task Faults_that_do_not_answer_all_apply_before_the_one_that_does()
    {
        var time = new FakeTimeProvider();
        var watch = new TimerWatch(time);
        await using var sim = await Sim.StartAsync(new() { TimeProvider = watch });
        var plan = sim.Server.Faults;
        var order = new List<string>();
        plan.Add(new() { Status = 503, OnMatch = () => Note("answering") });
        plan.Add(new() { Delay = TimeSpan.FromMinutes(1) });
        plan.Add(new() { Delay = TimeSpan.FromMinutes(2), OnMatch = () => Note("second") });
        plan.Add(new() { EditsValue = true, EditedField = sim.Account.Note.Id });
        var answer = sim.PatchAsync(sim.Account.Arr.To("1"));
        Assert.Equal(TimeSpan.FromMinutes(3), await watch.NextAsync());
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await answer).Status);
        Assert.Equal(["answering", "second"], order);
        Assert.NotNull(sim.Account.Entry.Get(sim.Account.Note));
        Assert.Null(sim.Account.Entry.Get(sim.Account.Arr));

        Task Note(string which)
        {
            order.Add(which);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_delay_by_chance_lies_between_its_bounds()
    {
        var (first, again, other) = (await DelaysAsync(seed: 3), await DelaysAsync(seed: 3), await DelaysAsync(seed: 4));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.All(first, delay => Assert.InRange(delay, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20)));
        Assert.Equal(first.Count, first.Distinct().Count());

        static async Task<List<TimeSpan>> DelaysAsync(ulong seed)
        {
            var time = new FakeTimeProvider();
            var watch = new TimerWatch(time);
            await using var sim = await Sim.StartAsync(new() { TimeProvider = watch });
            sim.Server.Faults.Add(new() { Delay = TimeSpan.FromSeconds(10), DelayUpTo = TimeSpan.FromSeconds(20), Seed = seed, Times = null });
            var delays = new List<TimeSpan>();
            for (var call = 0; call < 5; call++)
            {
                var answer = sim.GetAsync("v2/lists");
                delays.Add(await watch.NextAsync());
                time.Advance(delays[^1]);
                await answer;
            }

            return delays;
        }
    }

    [Fact]
    public async Task All_that_makes_no_sense_about_a_fault_is_said_at_once()
    {
        await using var sim = await Sim.StartAsync();
        var refusal = Assert.Throws<ArgumentException>(() => sim.Server.Faults.Add(new()
        {
            Method = "PATHC", Skip = -1, Every = 0, Times = 0, Probability = 1.5, Status = 200, CutsConnection = true,
            Delay = TimeSpan.FromSeconds(-1), EditedField = "field-1",
        }));
        Assert.All(
            ["Method: ", "Skip: ", "Every: ", "Times: ", "Probability: ", "Status: ", "CutsConnection: ", "Delay: ", "EditedField: "],
            property => Assert.Contains(property, refusal.Message, StringComparison.Ordinal));
        Assert.Empty(sim.Server.Faults.Pending);
    }

    public static TheoryData<string, Fault> Nonsense => new()
    {
        { nameof(Fault.Status), new() },
        { nameof(Fault.Endpoint), new() { Endpoint = "PATCH /v2/lists", Status = 500 } },
        { nameof(Fault.Method), new() { Method = "GET", Endpoint = Patch, Status = 500 } },
        { nameof(Fault.Probability), new() { Probability = double.NaN, Status = 500 } },
        { nameof(Fault.Probability), new() { Probability = 0.5, Every = 2, Status = 500 } },
        { nameof(Fault.DelayUpTo), new() { Delay = TimeSpan.FromSeconds(2), DelayUpTo = TimeSpan.FromSeconds(1) } },
        { nameof(Fault.Delay), new() { Delay = TimeSpan.FromDays(2) } },
        { nameof(Fault.Body), new() { Body = BrokenBody.Html, Status = 500 } },
        { nameof(Fault.Body), new() { Body = (BrokenBody)99 } },
        { nameof(Fault.ReplacesKey), new() { ReplacesKey = true, CutsConnection = true } },
        { nameof(Fault.AfterCommit), new() { ReplacesKey = true, AfterCommit = true } },
        { nameof(Fault.AfterCommit), new() { Delay = TimeSpan.FromSeconds(1), AfterCommit = true } },
        { nameof(Fault.EditsValue), new() { EditsValue = true, DeletesEntry = true } },
        { nameof(Fault.DeletesEntry), new() { DeletesEntry = true, Endpoint = "GET /v2/lists/{listId}" } },
        { nameof(Fault.EditsValue), new() { EditsValue = true, Endpoint = "GET /v2/lists/{listId}" } },
        { nameof(Fault.RemovesOption), new() { RemovesOption = true, Endpoint = "GET /v2/auth/whoami" } },
    };

    [Theory]
    [MemberData(nameof(Nonsense), DisableDiscoveryEnumeration = true)]
    public async Task A_combination_that_makes_no_sense_is_refused_by_its_property(string property, Fault fault)
    {
        await using var sim = await Sim.StartAsync();
        var refusal = Assert.Throws<ArgumentException>(() => sim.Server.Faults.Add(fault));
        Assert.StartsWith($"The fault makes no sense. {property}: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_of_the_options_are_there_from_the_start()
    {
        await using var sim = await Sim.StartAsync(new() { Faults = [new() { Status = 503 }] });
        Assert.Equal([503, 200], await StatusesAsync(sim, "v2/lists", "v2/lists"));
        await Assert.ThrowsAsync<ArgumentException>(() => SimulatorServer.StartAsync(new() { Faults = [new() { Endpoint = "GET /v3" }] }, new()));
    }

    [Fact]
    [Proves("RETRY-1", "RETRY-2", "RETRY-5")]
    public async Task The_same_write_sent_again_after_a_fault_gives_the_same_result()
    {
        await using var sim = await Sim.StartAsync();
        var plan = sim.Server.Faults;
        foreach (var status in new[] { 500, 502, 503, 504 })
        {
            plan.Add(new() { Status = status });
            plan.Add(new() { Status = status, AfterCommit = true });
        }

        for (var fault = 0; fault < 8; fault++)
        {
            Assert.InRange((int)(await sim.PatchAsync(sim.Account.Arr.To("7"), sim.Account.Tags.To("""[{"dropdownOptionId":3005}]"""))).Status, 500, 504);
        }

        Assert.Equal(HttpStatusCode.OK, (await sim.PatchAsync(sim.Account.Arr.To("7"), sim.Account.Tags.To("""[{"dropdownOptionId":3005}]"""))).Status);
        Assert.Equal((7.0, 5), (sim.Account.Entry.Get(sim.Account.Arr), sim.Account.Entry.AcceptedPatches));
        Assert.Equal(["AI"], (string[])sim.Account.Entry.Get(sim.Account.Tags)!);
    }

    [Theory]
    [InlineData(504)]
    [InlineData(408)]
    [Proves("ERR-18")]
    public async Task A_time_out_is_played_under_either_status(int status)
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Faults.FailNext(1, status);
        var answer = await sim.GetAsync("v2/lists");
        Assert.Equal((status, "timeout"), ((int)answer.Status, (string)answer.Error["code"]!));
    }

    private static async Task<List<int>> StatusesAsync(Sim sim, params string[] paths)
    {
        var statuses = new List<int>();
        foreach (var path in paths)
        {
            statuses.Add((int)(await sim.GetAsync(path)).Status);
        }

        return statuses;
    }
}
