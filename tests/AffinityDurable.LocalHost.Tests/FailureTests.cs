using AffinityDurable.LocalHost.Engine;
using AffinityDurable.LocalHost.Tests.Functions;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.LocalHost.Tests;

public sealed class FailureTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_retry_policy_waits_longer_each_time_up_to_its_maximum(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay, jump: true);
        var end = await host.RunAsync(nameof(Failures.RetryThree), new FlakyInput("a", 2));
        Assert.Equal("succeeded at attempt 3", end.ReadOutputAs<string>());
        Assert.Equal(TestHost.Start.AddSeconds(10 + 15), host.Clock!.GetUtcNow());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_retry_policy_gives_up_after_its_last_attempt_without_a_further_wait(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay, jump: true);
        var end = await host.RunAsync(nameof(Failures.RetryThree), new FlakyInput("a", 9));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("not yet", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(3, host.Services.GetRequiredService<Recorder>().Count("a"));
        Assert.Equal(TestHost.Start.AddSeconds(25), host.Clock!.GetUtcNow());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_failure_that_the_policy_does_not_handle_is_not_retried(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay, jump: true);
        var end = await host.RunAsync(nameof(Failures.RetryOnlyArgument), new FlakyInput("a", 1));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(1, host.Services.GetRequiredService<Recorder>().Count("a"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_retry_handler_decides_and_may_wait_on_durable_timers(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay, jump: true);
        Assert.Equal("succeeded at attempt 3", (await host.RunAsync(nameof(Failures.RetryByHandler), new FlakyInput("a", 2))).ReadOutputAs<string>());
        Assert.Equal(TestHost.Start.AddSeconds(1 + 2), host.Clock!.GetUtcNow());
        var gaveUp = await host.RunAsync(nameof(Failures.RetryByHandler), new FlakyInput("b", 99));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, gaveUp.RuntimeStatus);
        Assert.Equal(4, host.Services.GetRequiredService<Recorder>().Count("b"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_failed_sub_orchestration_is_retried_under_the_same_id(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay, jump: true);
        var end = await host.RunAsync(nameof(Failures.RetryChild), new FlakyInput("a", 2), "parent");
        Assert.Equal("succeeded at attempt 3", end.ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.Client.GetInstanceAsync("parent:child"))!.RuntimeStatus);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_failed_activity_is_a_TaskFailedException_with_its_details(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        Assert.Equal("Throw|System.InvalidOperationException|boom|True", (await host.RunAsync(nameof(Failures.CatchActivity))).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(nameof(Failures.ThrowAtOnce), "ThrowAtOnce|System.IO.InvalidDataException|no good: ThrowAtOnce")]
    [InlineData(nameof(Failures.ThrowLater), "ThrowLater|System.IO.InvalidDataException|later")]
    [InlineData("NoSuchOrchestrator", "NoSuchOrchestrator|AffinityDurable.LocalHost.Engine.MissingFunctionException|No orchestrator 'NoSuchOrchestrator' is registered.")]
    public async Task A_failed_sub_orchestration_is_a_TaskFailedException_with_its_details(string child, string expected)
    {
        foreach (var replay in new[] { false, true })
        {
            await using var host = await TestHost.StartAsync(replay);
            Assert.Equal(expected, (await host.RunAsync(nameof(Failures.CatchChild), child)).ReadOutputAs<string>());
        }
    }

    [Fact]
    public async Task An_exception_in_an_orchestrator_fails_the_instance_with_type_and_message()
    {
        await using var host = await TestHost.StartAsync();
        var end = await host.RunAsync(nameof(Failures.ThrowAtOnce));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("System.IO.InvalidDataException", end.FailureDetails!.ErrorType);
        Assert.Equal("no good: ThrowAtOnce", end.FailureDetails.ErrorMessage);
        Assert.Null(end.SerializedOutput);
    }

    [Fact]
    public async Task An_activity_failure_that_is_not_caught_is_the_inner_failure_of_the_instance()
    {
        await using var host = await TestHost.StartAsync();
        var end = await host.RunAsync(nameof(Failures.LetActivityFail));
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", end.FailureDetails!.ErrorType);
        Assert.Equal("System.InvalidOperationException", end.FailureDetails.InnerFailure!.ErrorType);
        Assert.Equal("inner", end.FailureDetails.InnerFailure.ErrorMessage);
    }

    [Fact]
    public async Task A_missing_activity_fails_at_once_and_is_not_retried()
    {
        await using var host = await TestHost.StartAsync(jump: true);
        var end = await host.RunAsync(nameof(Failures.CallMissing));
        Assert.Equal(typeof(MissingFunctionException).FullName, end.FailureDetails!.InnerFailure!.ErrorType);
        Assert.Equal(TestHost.Start, host.Clock!.GetUtcNow());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task WhenAll_waits_for_all_even_when_some_fail(bool replay)
    {
        await using var host = await TestHost.StartAsync(replay);
        Assert.Equal("RanToCompletion,Faulted,Faulted", (await host.RunAsync(nameof(Failures.SettleAll))).ReadOutputAs<string>());
    }
}
