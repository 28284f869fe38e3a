using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.AzureSurface.Tests;

public class OptionsTests
{
    private static readonly RetryPolicy Policy = new(3, TimeSpan.FromSeconds(1));

    [Fact]
    public async Task Retry_is_a_policy_or_a_handler()
    {
        RetryHandler handler = context => context.LastAttemptNumber < 3;
        TaskRetryOptions byPolicy = Policy;
        TaskRetryOptions byHandler = handler;

        Assert.Same(Policy, byPolicy.Policy);
        Assert.Null(byPolicy.Handler);
        Assert.Null(byHandler.Policy);
        Assert.True(await byHandler.Handler!(Attempt(2)));
        Assert.False(await byHandler.Handler!(Attempt(3)));
    }

    [Fact]
    public void Instance_id_is_added_to_the_options_of_a_call()
    {
        SubOrchestrationOptions options = TaskOptions.FromRetryPolicy(Policy).WithInstanceId("run:apply");

        Assert.Equal("run:apply", options.InstanceId);
        Assert.Same(Policy, options.Retry!.Policy);
    }

    [Fact]
    public void Options_made_from_others_take_over_the_instance_id_unless_one_is_given()
    {
        SubOrchestrationOptions first = new(instanceId: "a");

        Assert.Equal("a", new SubOrchestrationOptions((TaskOptions)first).InstanceId);
        Assert.Equal("b", new SubOrchestrationOptions((TaskOptions)first, "b").InstanceId);
        Assert.Equal("a", (first with { Retry = Policy }).InstanceId);
    }

    [Fact]
    public void Start_options_default_to_now_without_tags_or_dedupe_statuses()
    {
        StartOrchestrationOptions options = new("nightly");

        Assert.Equal("nightly", options.InstanceId);
        Assert.Null(options.StartAt);
        Assert.Empty(options.Tags);
        Assert.Null(options.DedupeStatuses);
    }

    [Fact]
    public void Dedupe_statuses_travel_by_name()
    {
        StartOrchestrationOptions options = new StartOrchestrationOptions("nightly").WithDedupeStatuses(
            OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended);

        Assert.Equal(["Pending", "Running", "Suspended"], options.DedupeStatuses!);
        Assert.Equal("nightly", options.InstanceId);
    }

    private static RetryContext Attempt(int number) => new(
        new ScriptedContext(), number, TaskFailureDetails.FromException(new TimeoutException()), TimeSpan.Zero, CancellationToken.None);
}
