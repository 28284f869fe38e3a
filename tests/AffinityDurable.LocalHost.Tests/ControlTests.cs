using System.Text.Json;
using AffinityDurable.LocalHost.History;
using AffinityDurable.LocalHost.Tests.Functions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.LocalHost.Tests;

public sealed class ControlTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Custom_status_is_visible_while_the_instance_waits(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        await StartAsync(host, nameof(Controls.ShowStatus), "s");
        await WaitTests.UntilAsync(() => HasStepAsync(host, "first"));
        await host.Client.RaiseEventAsync("s", "Next", "x");
        await WaitTests.UntilAsync(() => HasStepAsync(host, "second"));
        await host.Client.RaiseEventAsync("s", "Next", "x");
        Assert.Equal("second", (await host.EndAsync("s")).ReadCustomStatusAs<JsonElement>().GetProperty("Step").GetString());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_terminated_instance_keeps_the_reason_and_ignores_what_comes_later(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        await StartAsync(host, nameof(Waits.ThreeEvents), "t");
        await host.Client.TerminateInstanceAsync("t", "enough");
        var end = await host.EndAsync("t");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Equal("enough", end.ReadOutputAs<string>());
        await host.Client.RaiseEventAsync("t", "start", "x");
        await host.Client.TerminateInstanceAsync("t", "again");
        Assert.Equal("enough", (await host.EndAsync("t")).ReadOutputAs<string>());
    }

    [Theory, InlineData(false, false), InlineData(true, false), InlineData(false, true), InlineData(true, true)]
    public async Task Termination_reaches_sub_orchestrations_only_when_recursive(bool recursive, bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        await StartAsync(host, nameof(Waits.ParentOfWait), "p");
        await WaitTests.UntilAsync(async () => await host.Client.GetInstanceAsync("p:child") is not null);
        await host.Client.WaitForInstanceStartAsync("p:child");
        await host.Client.TerminateInstanceAsync("p", new TerminateInstanceOptions("stop", recursive));
        await host.EndAsync("p");
        if (recursive)
        {
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.EndAsync("p:child")).RuntimeStatus);
        }
        else
        {
            await host.Client.RaiseEventAsync("p:child", "Go", "still here");
            Assert.Equal("still here", (await host.EndAsync("p:child")).ReadOutputAs<string>());
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_parent_of_a_terminated_sub_orchestration_sees_a_failure(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        await StartAsync(host, nameof(Waits.ParentOfWait), "p");
        await WaitTests.UntilAsync(async () => await host.Client.GetInstanceAsync("p:child") is not null);
        await host.Client.TerminateInstanceAsync("p:child", "stop");
        Assert.Equal("Sub-orchestration 'p:child' was terminated.", (await host.EndAsync("p")).ReadOutputAs<string>());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_suspended_instance_keeps_events_until_it_is_resumed(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        await StartAsync(host, nameof(Waits.ThreeEvents), "s");
        await host.Client.WaitForInstanceStartAsync("s");
        await host.Client.SuspendInstanceAsync("s", "look");
        await host.Client.SuspendInstanceAsync("s", "twice");
        foreach (var (name, item) in new[] { ("start", "x"), ("Item", "1"), ("Item", "2"), ("Item", "3") })
        {
            await host.Client.RaiseEventAsync("s", name, item);
        }

        await WaitTests.UntilAsync(async () => (await host.Engine.ReadHistoryAsync("s")).Count(line => line.Kind == HistoryEventKind.EventRaised) == 4);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await host.Client.GetInstanceAsync("s"))!.RuntimeStatus);
        await host.Client.ResumeInstanceAsync("s");
        Assert.Equal("1,2,3", (await host.EndAsync("s")).ReadOutputAs<string>());
        Assert.Single(await host.Engine.ReadHistoryAsync("s"), line => line.Kind == HistoryEventKind.Suspended);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_instance_with_a_start_time_is_pending_until_then(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay, jump: true);
        using (host.Engine.HoldClock())
        {
            await host.Client.ScheduleNewOrchestrationInstanceAsync(
                nameof(Basics.Sleep), TimeSpan.FromHours(1), new StartOrchestrationOptions("later", TestHost.Start.AddHours(5)));
            await host.Client.SuspendInstanceAsync("later");
            await WaitTests.UntilAsync(async () => (await host.Client.GetInstanceAsync("later"))!.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
            await host.Client.ResumeInstanceAsync("later");
            await WaitTests.UntilAsync(async () => (await host.Client.GetInstanceAsync("later"))!.RuntimeStatus == OrchestrationRuntimeStatus.Pending);
        }

        Assert.Equal(TestHost.Start.AddHours(6).UtcDateTime, (await host.EndAsync("later")).ReadOutputAs<DateTime>());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_sub_orchestration_whose_id_is_taken_by_an_unfinished_instance_fails(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.WaitForGo), TimeSpan.FromDays(1), new StartOrchestrationOptions("p:child"));
        await host.Client.WaitForInstanceStartAsync("p:child");
        Assert.Equal("An orchestration with id 'p:child' already exists and is Running.", (await host.RunAsync(nameof(Waits.ParentOfWait), id: "p")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Restart_runs_the_same_input_again_under_the_same_or_a_new_id()
    {
        await using var host = await TestHost.StartAsync();
        await host.RunAsync(nameof(Basics.Chain), 3, "r");
        var fresh = await host.Client.RestartAsync("r", restartWithNewInstanceId: true);
        Assert.NotEqual("r", fresh);
        Assert.Equal(8, (await host.EndAsync(fresh)).ReadOutputAs<int>());
        Assert.Equal("r", await host.Client.RestartAsync("r"));
        Assert.Equal(8, (await host.EndAsync("r")).ReadOutputAs<int>());
        await Assert.ThrowsAsync<ArgumentException>(() => host.Client.RestartAsync("unknown"));
    }

    [Fact]
    public async Task What_is_not_supported_says_so()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Throws<NotSupportedException>(() => host.Client.Entities);
        await Assert.ThrowsAsync<NotSupportedException>(() => host.Client.RewindInstanceAsync("x", "y"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.WaitForInstanceCompletionAsync("unknown"));
        Assert.Null(await host.Client.GetInstanceAsync("unknown"));
    }

    [Fact]
    public async Task An_activity_in_flight_is_cancelled_at_the_stop_and_run_again_at_the_next_start()
    {
        var directory = Path.Combine(Path.GetTempPath(), "affinity-localhost-" + Guid.NewGuid().ToString("N"));
        var recorder = new Recorder();
        await using (var first = await TestHost.StartAsync(directory: directory, configure: o => o.StopGrace = TimeSpan.Zero, register: s => s.AddSingleton(recorder)))
        {
            await first.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Controls.CallLinger), "k", new StartOrchestrationOptions("l"));
            await WaitTests.UntilAsync(() => Task.FromResult(recorder.Count("k") == 1));
        }

        await using (var second = await TestHost.StartAsync(directory: directory, register: s => s.AddSingleton(recorder)))
        {
            Assert.Equal("second run", (await second.EndAsync("l")).ReadOutputAs<string>());
            Assert.DoesNotContain(await second.Engine.ReadHistoryAsync("l"), line => line.Kind == HistoryEventKind.TaskFailed);
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task<bool> HasStepAsync(TestHost host, string step) =>
        (await host.Client.GetInstanceAsync("s", getInputsAndOutputs: true))!.SerializedCustomStatus == $$"""{"Step":"{{step}}"}""";

    private static Task<string> StartAsync(TestHost host, string orchestrator, string id) =>
        host.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, null, new StartOrchestrationOptions(id), CancellationToken.None);
}
