using AffinityDurable.LocalHost.Engine;
using AffinityDurable.LocalHost.Tests.Functions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Tests;

public sealed class NonDeterminismTests
{
    private const string Recorded = "step 3: history scheduled sub-orchestration 'WaitForGo' with id 'sub', ";

    [Theory]
    [InlineData("timer", Recorded + "the orchestrator now asks for timer due at 2030-01-01T00:00:00.000Z")]
    [InlineData("name", Recorded + "the orchestrator now asks for activity 'Flaky'")]
    [InlineData("more", Recorded + "the orchestrator now asks for event 'Extra' to 'other'")]
    [InlineData("return", Recorded + "the orchestrator now completes")]
    public async Task Code_that_differs_from_the_history_fails_the_instance_and_names_the_step(string variant, string expected)
    {
        await using var host = await TestHost.StartAsync(replay: true);
        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Broken.Changed), null, new StartOrchestrationOptions("c"), CancellationToken.None);
        await WaitTests.UntilAsync(async () => await host.Client.GetInstanceAsync("sub") is not null);
        await WithVariantAsync(variant, async () =>
        {
            await host.Client.RaiseEventAsync("c", "End", "x");
            await AssertFailsAsync(host, "c", expected);
        });
    }

    [Fact]
    public async Task A_further_action_in_a_turn_of_the_past_is_named()
    {
        await using var host = await TestHost.StartAsync(replay: true);
        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Broken.ExtraAction), null, new StartOrchestrationOptions("c"), CancellationToken.None);
        await host.Client.WaitForInstanceStartAsync("c");
        await WithVariantAsync("extra", async () =>
        {
            await host.Client.RaiseEventAsync("c", "Go", "x");
            await AssertFailsAsync(host, "c", "step 1: history has nothing, the orchestrator now asks for timer due at");
        });
    }

    [Fact]
    public async Task A_random_sub_orchestration_id_is_found_at_the_first_replay()
    {
        await using var host = await TestHost.StartAsync(replay: true);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Broken.RandomName), CancellationToken.None);
        await AssertFailsAsync(host, id, "step 1: history scheduled sub-orchestration 'WhoIsMyParent' with id '");
    }

    [Theory]
    [InlineData(nameof(Broken.AwaitDelay), "after step 1 (TaskCompleted), a task that is not durable", false)]
    [InlineData(nameof(Broken.AwaitDelay), "after step 1 (TaskCompleted), a task that is not durable", true)]
    [InlineData(nameof(Broken.AwaitDelayBesideTimer), "after its start, a task that is not durable", false)]
    [InlineData(nameof(Broken.AwaitDelayBesideTimer), "after its start, a task that is not durable", true)]
    [InlineData(nameof(Broken.LeaveTheThread), "after its start, a task that is not durable", false)]
    public async Task Awaiting_a_task_that_is_not_durable_fails_the_instance_and_names_the_place(string orchestrator, string expected, bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, CancellationToken.None);
        await AssertFailsAsync(host, id, expected);
    }

    private static async Task AssertFailsAsync(TestHost host, string id, string expected)
    {
        var end = await host.EndAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(typeof(NonDeterministicOrchestratorException).FullName, end.FailureDetails!.ErrorType);
        Assert.Contains(expected, end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    private static async Task WithVariantAsync(string variant, Func<Task> act)
    {
        Broken.Variant = variant;
        try
        {
            await act();
        }
        finally
        {
            Broken.Variant = "";
        }
    }
}
