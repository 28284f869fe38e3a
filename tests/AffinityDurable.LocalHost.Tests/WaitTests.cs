using AffinityDurable.LocalHost.History;
using AffinityDurable.LocalHost.Tests.Functions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Tests;

public sealed class WaitTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_cancelled_timer_neither_fires_nor_holds_the_clock(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay, jump: true);
        Assert.Equal("cancelled", (await host.RunAsync(nameof(Waits.CancelTimer), id: "c")).ReadOutputAs<string>());
        Assert.Equal(TestHost.Start.AddSeconds(10), host.Clock!.GetUtcNow());
        var history = await host.Engine.ReadHistoryAsync("c");
        Assert.Single(history, line => line.Kind == HistoryEventKind.TimerCancelled);
        Assert.Equal(2, history.Count(line => line.Kind == HistoryEventKind.TimerFired));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Events_that_come_early_are_kept_in_order(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        await StartAsync(host, nameof(Waits.ThreeEvents), "e");
        foreach (var item in new[] { "1", "2", "3", "4" })
        {
            await host.Client.RaiseEventAsync("e", "item", item);
        }

        await host.Client.RaiseEventAsync("e", "START", "go");
        Assert.Equal("1,2,3", (await host.EndAsync("e")).ReadOutputAs<string>());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_event_goes_past_a_cancelled_wait(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        await StartAsync(host, nameof(Waits.EventOrOther), "e");
        await host.Client.RaiseEventAsync("e", "Cancel");
        await host.Client.RaiseEventAsync("e", "Item", "kept");
        Assert.Equal("Canceled kept", (await host.EndAsync("e")).ReadOutputAs<string>());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Continue_as_new_carries_unprocessed_events_over_and_resets_the_history(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(Waits.CollectRounds), new LoopState(0, ""), new StartOrchestrationOptions("n"));
        foreach (var item in new[] { "a", "b", "c" })
        {
            await host.Client.RaiseEventAsync("n", "Item", item);
        }

        var end = await host.EndAsync("n");
        Assert.Equal("abc", end.ReadOutputAs<string>());
        Assert.Equal(3, end.ReadInputAs<LoopState>()!.Round);
        var history = await host.Engine.ReadHistoryAsync("n");
        Assert.Equal(HistoryEventKind.ContinuedAsNew, history[0].Kind);
        Assert.DoesNotContain(history, line => line.Kind == HistoryEventKind.EventRaised);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Continue_as_new_drops_unprocessed_events_when_told_so(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);

        // Suspended, so that all three events are there when the first execution goes on.
        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Waits.ForgetEvents), 0, new StartOrchestrationOptions("n"));
        await host.Client.WaitForInstanceStartAsync("n");
        await host.Client.SuspendInstanceAsync("n");
        await host.Client.RaiseEventAsync("n", "Item", "used");
        await host.Client.RaiseEventAsync("n", "Item", "dropped");
        await host.Client.ResumeInstanceAsync("n");
        await UntilAsync(async () => (await host.Engine.ReadHistoryAsync("n"))[0].Kind == HistoryEventKind.ContinuedAsNew);
        await host.Client.RaiseEventAsync("n", "Item", "later");
        Assert.Equal("later", (await host.EndAsync("n")).ReadOutputAs<string>());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_endless_loop_keeps_its_history_short(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        Assert.Equal(0, (await host.RunAsync(nameof(Waits.CountDown), 200, "n")).ReadOutputAs<int>());
        Assert.True((await host.Engine.ReadHistoryAsync("n")).Count < 10);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_orchestration_sends_an_event_to_another(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.WaitForGo), TimeSpan.FromHours(1), new StartOrchestrationOptions("r"));
        await host.RunAsync(nameof(Waits.Greet), "r", "s");
        Assert.Equal("hello from s", (await host.EndAsync("r")).ReadOutputAs<string>());
        Assert.Equal("sent", (await host.RunAsync(nameof(Waits.Greet), "nobody", "t")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Guids_and_times_are_the_same_with_and_without_replay()
    {
        string[]? first = null;
        foreach (var replay in new[] { false, true })
        {
            await using var host = await TestHost.StartAsync(replay, jump: true);
            var values = (await host.RunAsync(nameof(Waits.Deterministic), id: "d")).ReadOutputAs<string[]>()!;
            Assert.Equal(3, new[] { values[0], values[1], values[3] }.Distinct().Count());
            Assert.Equal(TimeSpan.FromHours(1), DateTime.Parse(values[4]) - DateTime.Parse(values[2]));
            Assert.Equal("False", values[5]);
            Assert.Equal("Utc", values[6]);
            first ??= values;
            Assert.Equal(first, values);
        }
    }

    [Fact]
    public async Task A_sub_orchestration_knows_its_parent()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal("AskChildForParent/p/", (await host.RunAsync(nameof(Waits.AskChildForParent), id: "p")).ReadOutputAs<string>());
    }

    private static Task<string> StartAsync(TestHost host, string orchestrator, string id) =>
        host.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, null, new StartOrchestrationOptions(id), CancellationToken.None);

    internal static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await isSo())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
