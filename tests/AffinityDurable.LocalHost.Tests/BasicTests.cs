using System.Diagnostics;
using AffinityDurable.LocalHost.Tests.Functions;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Tests;

public sealed class BasicTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fan_out_of_1000_activities_is_summed(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        var end = await host.RunAsync(nameof(Basics.FanOut), 1_000);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(999_000, end.ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Activities_run_one_after_the_other(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        Assert.Equal(1024, (await host.RunAsync(nameof(Basics.Chain), 10)).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_timer_of_60_seconds_takes_no_time_on_a_fake_clock(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay, jump: true);
        var watch = Stopwatch.StartNew();
        var end = await host.RunAsync(nameof(Basics.Sleep), TimeSpan.FromSeconds(60));
        Assert.Equal(TestHost.Start.UtcDateTime.AddSeconds(60), end.ReadOutputAs<DateTime>());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sub_orchestrations_give_back_their_results(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        Assert.Equal(32, (await host.RunAsync(nameof(Basics.Tree), 4, "tree")).ReadOutputAs<int>());
        var child = await host.Client.GetInstanceAsync("tree:4");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, child!.RuntimeStatus);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_ends_the_wait(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay, jump: true);
        using (host.Engine.HoldClock())
        {
            await host.Client.ScheduleNewOrchestrationInstanceAsync(
                nameof(Basics.WaitForGo), TimeSpan.FromHours(1), new Microsoft.DurableTask.StartOrchestrationOptions("w"), CancellationToken.None);
            await host.Client.RaiseEventAsync("w", "go", "now");
            Assert.Equal("now", (await host.EndAsync("w")).ReadOutputAs<string>());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_the_event_the_wait_times_out(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay, jump: true);
        Assert.Equal("timed out", (await host.RunAsync(nameof(Basics.WaitForGo), TimeSpan.FromHours(1))).ReadOutputAs<string>());
        Assert.Equal(TestHost.Start.AddHours(1), host.Clock!.GetUtcNow());
    }

    [Fact]
    public async Task An_instance_goes_on_after_a_restart()
    {
        var directory = Path.Combine(Path.GetTempPath(), "affinity-localhost-" + Guid.NewGuid().ToString("N"));
        await using (var first = await TestHost.StartAsync(directory: directory))
        {
            await first.Client.ScheduleNewOrchestrationInstanceAsync(
                nameof(Basics.WaitForGo), TimeSpan.FromHours(1), new Microsoft.DurableTask.StartOrchestrationOptions("w"), CancellationToken.None);
            await first.Client.WaitForInstanceStartAsync("w");
        }

        await using (var second = await TestHost.StartAsync(directory: directory))
        {
            await second.Client.RaiseEventAsync("w", "Go", "after");
            Assert.Equal("after", (await second.EndAsync("w")).ReadOutputAs<string>());
        }

        Directory.Delete(directory, recursive: true);
    }
}
