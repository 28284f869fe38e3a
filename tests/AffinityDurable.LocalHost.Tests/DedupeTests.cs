using AffinityDurable.LocalHost.Tests.Functions;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace AffinityDurable.LocalHost.Tests;

public sealed class DedupeTests
{
    private static readonly OrchestrationRuntimeStatus[] AllUnfinished = [Pending, Running, Suspended];

    public static TheoryData<OrchestrationRuntimeStatus, OrchestrationRuntimeStatus[]?, bool> Cases()
    {
        var cases = new TheoryData<OrchestrationRuntimeStatus, OrchestrationRuntimeStatus[]?, bool>();
        foreach (var existing in new[] { Pending, Running, Suspended, Completed, Failed, Terminated })
        {
            var isUnfinished = AllUnfinished.Contains(existing);
            cases.Add(existing, null, isUnfinished);
            cases.Add(existing, [], false);
            cases.Add(existing, AllUnfinished, isUnfinished);
            cases.Add(existing, [.. AllUnfinished, Completed], isUnfinished || existing == Completed);
            cases.Add(existing, [.. AllUnfinished, Completed, Failed, Terminated], true);
            cases.Add(existing, [Completed], existing == Completed);
            cases.Add(existing, [Running], existing == Running);
        }

        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task A_listed_status_refuses_the_start_and_any_other_is_replaced(
        OrchestrationRuntimeStatus existing, OrchestrationRuntimeStatus[]? dedupe, bool refused)
    {
        await using var host = await TestHost.StartAsync();
        await BringToAsync(host, existing);
        var options = new StartOrchestrationOptions("d");
        options = dedupe is null ? options : options.WithDedupeStatuses(dedupe);
        if (refused)
        {
            await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
                () => host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.Chain), 3, options));
            Assert.Equal(existing, (await host.Client.GetInstanceAsync("d"))!.RuntimeStatus);
        }
        else
        {
            await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.Chain), 3, options);
            Assert.Equal(8, (await host.EndAsync("d")).ReadOutputAs<int>());
        }
    }

    [Fact]
    public async Task Terminated_cannot_be_listed_while_an_unfinished_instance_may_be_replaced()
    {
        await using var host = await TestHost.StartAsync();
        var options = new StartOrchestrationOptions("d").WithDedupeStatuses(Terminated, Running);
        await Assert.ThrowsAsync<ArgumentException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.Chain), 3, options));
    }

    [Fact]
    public async Task Of_many_starts_at_once_one_wins()
    {
        await using var host = await TestHost.StartAsync();
        var options = new StartOrchestrationOptions("one").WithDedupeStatuses([.. AllUnfinished, Completed]);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            try
            {
                await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Basics.Chain), 1, options);
                return 1;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return 0;
            }
        }));
        Assert.Equal(1, results.Sum());
    }

    private static async Task BringToAsync(TestHost host, OrchestrationRuntimeStatus status)
    {
        var (orchestrator, startAt) = status switch
        {
            Completed => (nameof(Controls.Succeed), (DateTimeOffset?)null),
            Failed => (nameof(Controls.Fail), null),
            Pending => (nameof(Waits.ThreeEvents), DateTimeOffset.UtcNow.AddDays(1)),
            _ => (nameof(Waits.ThreeEvents), null),
        };
        await host.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, null, new StartOrchestrationOptions("d", startAt), CancellationToken.None);
        if (status is Running or Suspended)
        {
            await host.Client.WaitForInstanceStartAsync("d");
        }

        if (status == Suspended)
        {
            await host.Client.SuspendInstanceAsync("d");
        }

        if (status == Terminated)
        {
            await host.Client.TerminateInstanceAsync("d");
        }

        await WaitTests.UntilAsync(async () => (await host.Client.GetInstanceAsync("d"))!.RuntimeStatus == status);
    }
}
