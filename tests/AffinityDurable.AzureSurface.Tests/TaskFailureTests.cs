using Microsoft.DurableTask;

namespace AffinityDurable.AzureSurface.Tests;

public class TaskFailureTests
{
    [Fact]
    public void Details_keep_type_message_and_inner_failures()
    {
        TaskFailureDetails details = TaskFailureDetails.FromException(new InvalidOperationException("outer", new TimeoutException("inner")));

        Assert.Equal("System.InvalidOperationException: outer", details.ToString());
        Assert.Equal("System.TimeoutException: inner", details.InnerFailure!.ToString());
        Assert.Null(details.InnerFailure.InnerFailure);
    }

    [Fact]
    public void Cause_is_the_type_or_a_base_of_it_but_not_an_inner_one()
    {
        TaskFailureDetails details = TaskFailureDetails.FromException(
            new HttpRequestException("refused", new TimeoutException()));

        Assert.True(details.IsCausedBy<HttpRequestException>());
        Assert.True(details.IsCausedBy<Exception>());
        Assert.False(details.IsCausedBy<TimeoutException>());
    }

    [Fact]
    public void Cause_may_be_a_type_of_this_assembly()
    {
        TaskFailureDetails details = TaskFailureDetails.FromException(new LeaseLostException());

        Assert.True(details.IsCausedBy<LeaseLostException>());
        Assert.True(details.IsCausedBy<InvalidOperationException>());
    }

    [Fact]
    public void Type_that_is_not_loaded_is_nobodys_cause() =>
        Assert.False(new TaskFailureDetails("Gone.WithTheVersion", "m", null, null, null).IsCausedBy<Exception>());

    [Fact]
    public void Only_exception_types_can_be_causes() =>
        Assert.Throws<ArgumentException>(() => TaskFailureDetails.FromException(new TimeoutException()).IsCausedBy(typeof(string)));

    [Fact]
    public void Exception_can_be_made_from_details_as_a_host_does()
    {
        TaskFailureDetails details = TaskFailureDetails.FromException(new TimeoutException("too slow"));
        TaskFailedException failed = new("ReadSource", 4, details);

        Assert.Equal("Task 'ReadSource' (#4) failed with an unhandled exception: too slow", failed.Message);
        Assert.Equal("ReadSource", failed.TaskName);
        Assert.Equal(4, failed.TaskId);
        Assert.Same(details, failed.FailureDetails);
        Assert.Null(failed.InnerException);
    }

    [Fact]
    public void Exception_can_be_made_from_an_exception()
    {
        TimeoutException cause = new("too slow");
        TaskFailedException failed = new("ReadSource", 4, cause);

        Assert.Equal("Task 'ReadSource' (#4) failed with an unhandled exception: too slow", failed.Message);
        Assert.Same(cause, failed.InnerException);
        Assert.Equal("System.TimeoutException", failed.FailureDetails.ErrorType);
    }

    private sealed class LeaseLostException : InvalidOperationException;
}
