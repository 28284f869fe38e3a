using AffinityDurable.LocalHost.Tests.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.LocalHost.Tests;

public sealed class ClockTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Timers_of_many_instances_fire_in_order_of_their_due_times(bool replay)
    {
        var recorder = new Recorder();
        await using var host = await TestHost.StartAsync(
            replay,
            jump: true,
            configure: options => options.Assemblies.Add(new AssemblyOf(typeof(Naps))),
            register: services => services.AddSingleton(recorder));
        using (host.Engine.HoldClock())
        {
            foreach (var days in new[] { 30, 1, 7, 365 })
            {
                await host.Client.ScheduleNewOrchestrationInstanceAsync("Nap", days, new StartOrchestrationOptions($"nap{days}"));
            }
        }

        await host.EndAsync("nap365");
        Assert.Equal(["1", "7", "30", "365"], recorder.Notes);
        Assert.Equal(TestHost.Start.AddDays(365), host.Clock!.GetUtcNow());
    }

    [Fact]
    public async Task Time_stands_still_while_an_activity_runs()
    {
        var clock = new FakeTimeProvider(TestHost.Start);
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await TestHost.StartAsync(
            configure: options =>
            {
                options.TimeProvider = clock;
                options.ClockJump = new Engine.ClockJump(clock.SetUtcNow);
                options.Assemblies.Add(new AssemblyOf(typeof(Slow)));
            },
            register: services => services.AddSingleton(gate));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("SlowBesideTimer", CancellationToken.None);
        await host.RunAsync(nameof(Basics.Chain), 20);
        Assert.Equal(TestHost.Start, clock.GetUtcNow());
        gate.SetResult(5);
        Assert.Equal(5, (await host.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(TestHost.Start.AddHours(1), clock.GetUtcNow());
    }

    [Fact]
    public async Task Without_a_fake_clock_timers_take_their_time()
    {
        await using var host = await TestHost.StartAsync();
        var before = DateTime.UtcNow;
        var woken = (await host.RunAsync(nameof(Basics.Sleep), TimeSpan.FromMilliseconds(150))).ReadOutputAs<DateTime>();
        Assert.InRange(woken - before, TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(10));
    }
}

internal sealed class Naps(Recorder recorder)
{
    [Function("Note")]
    public int Note([ActivityTrigger] int days)
    {
        recorder.Note(days.ToString());
        return days;
    }

    [Function("Nap")]
    public static async Task Nap([OrchestrationTrigger] TaskOrchestrationContext context, int days)
    {
        await context.CreateTimer(TimeSpan.FromDays(days), CancellationToken.None);
        await context.CallActivityAsync<int>("Note", days);
    }
}

internal sealed class Slow(TaskCompletionSource<int> gate)
{
    [Function("WaitForGate")]
    public Task<int> WaitForGate([ActivityTrigger] object? input) => input is null ? gate.Task : Task.FromResult(0);

    [Function("SlowBesideTimer")]
    public static async Task<int> SlowBesideTimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var timer = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
        var result = await context.CallActivityAsync<int>("WaitForGate");
        await timer;
        return result;
    }
}
