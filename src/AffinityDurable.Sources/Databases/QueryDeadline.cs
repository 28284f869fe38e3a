using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Databases;

/// <summary>When a query has to be through; what it throws then is told apart from what the caller cancels.</summary>
internal sealed class QueryDeadline(QueryLimits limits) : IDisposable
{
    private readonly CancellationTokenSource source = new(limits.Timeout);

    /// <summary>A token that ends with the deadline or with the caller's.</summary>
    public CancellationTokenSource Link(CancellationToken caller) => CancellationTokenSource.CreateLinkedTokenSource(source.Token, caller);

    /// <summary>What ended the query: the caller, the deadline, or what the driver says.</summary>
    public Exception Explain(Exception exception, CancellationToken caller, Func<Exception, Problem> explain) =>
        caller.IsCancellationRequested ? new OperationCanceledException(caller)
        : exception is ProblemException ? exception
        : new ProblemException(source.IsCancellationRequested
            ? Problem.Of(DatabaseErrors.TimedOut, $"The query was not through after {limits.Timeout.TotalSeconds:0} s.")
            : explain(exception));

    public void Dispose() => source.Dispose();
}
