using Polly;
using Polly.Retry;

namespace AffinityDurable.Sources.Databases;

/// <summary>Connects again where a failure may pass. Only connecting is repeated: once a query runs, its failure ends the read.</summary>
internal static class ConnectRetry
{
    private const int Retries = 2;

    /// <summary>A pipeline that repeats what fails with an exception that may pass.</summary>
    public static ResiliencePipeline For(Func<Exception, bool> mayPass) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } exception && mayPass(exception)),
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(500),
            UseJitter = true,
        })
        .Build();
}
