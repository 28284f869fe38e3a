namespace Microsoft.DurableTask;

/// <summary>Decides whether a failed call is tried again at once; the handler itself waits, on a durable timer, if it wants a delay.</summary>
public delegate bool RetryHandler(RetryContext retryContext);

/// <inheritdoc cref="RetryHandler"/>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
