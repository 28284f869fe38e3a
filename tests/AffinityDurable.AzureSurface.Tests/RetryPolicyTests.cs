using DurableTask.Core;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using CoreTaskFailedException = DurableTask.Core.Exceptions.TaskFailedException;

namespace AffinityDurable.AzureSurface.Tests;

public class RetryPolicyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Defaults_are_constant_delay_up_to_an_hour_without_time_out_for_every_failure()
    {
        RetryPolicy policy = new(3, Second);

        Assert.Equal(3, policy.MaxNumberOfAttempts);
        Assert.Equal(Second, policy.FirstRetryInterval);
        Assert.Equal(1.0, policy.BackoffCoefficient);
        Assert.Equal(TimeSpan.FromHours(1), policy.MaxRetryInterval);
        Assert.Equal(Timeout.InfiniteTimeSpan, policy.RetryTimeout);
        Assert.True(policy.Handle(new InvalidOperationException()));
    }

    [Theory]
    [InlineData(0, 1, 1, null, null, "maxNumberOfAttempts")]
    [InlineData(1, 0, 1, null, null, "firstRetryInterval")]
    [InlineData(1, 1, 0.9, null, null, "backoffCoefficient")]
    [InlineData(1, 2, 1, 1, null, "maxRetryInterval")]
    [InlineData(1, 2, 1, null, 1, "retryTimeout")]
    public void Values_out_of_range_are_refused_by_name(
        int attempts, int first, double coefficient, int? longest, int? limit, string parameter)
    {
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(
            attempts, Second * first, coefficient, longest is { } l ? Second * l : null, limit is { } t ? Second * t : null));

        Assert.Equal(parameter, refused.ParamName);
    }

    [Fact]
    public void Infinite_limits_are_no_limits()
    {
        RetryPolicy policy = new(2, Second, 2, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        Assert.Equal(Timeout.InfiniteTimeSpan, policy.MaxRetryInterval);
        Assert.Equal(Timeout.InfiniteTimeSpan, policy.RetryTimeout);
    }

    [Fact]
    public void Failure_is_judged_by_the_details_of_the_engines_exception()
    {
        RetryPolicy policy = new(2, Second) { HandleFailure = failure => failure.ErrorType == "Throttled" };

        Assert.True(policy.Handle(new CoreTaskFailedException("x") { FailureDetails = Details("Throttled") }));
        Assert.False(policy.Handle(new CoreTaskFailedException("x") { FailureDetails = Details("Refused") }));
        Assert.True(policy.Handle(new SubOrchestrationFailedException("x") { FailureDetails = Details("Throttled") }));
    }

    [Fact]
    public void Failure_without_details_cannot_be_judged()
    {
        RetryPolicy policy = new(2, Second) { HandleFailure = _ => true };

        Assert.Throws<InvalidOperationException>(() => policy.Handle(new TimeoutException()));
        Assert.Throws<InvalidOperationException>(() => policy.Handle(new CoreTaskFailedException("x")));
    }

    [Fact]
    public void Details_cross_over_whole()
    {
        TaskFailureDetails? seen = null;
        RetryPolicy policy = new(2, Second)
        {
            HandleFailure = failure =>
            {
                seen = failure;
                return true;
            },
        };

        FailureDetails details = new("Outer", "m", "s", Details("Inner"), isNonRetriable: false);
        policy.Handle(new CoreTaskFailedException("x") { FailureDetails = details });

        Assert.Equal("Outer: m", seen!.ToString());
        Assert.Equal("s", seen.StackTrace);
        Assert.Equal("Inner", seen.InnerFailure!.ErrorType);
    }

    private static FailureDetails Details(string type) => new(type, "m", stackTrace: null, innerFailure: null, isNonRetriable: false);
}
