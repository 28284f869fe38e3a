using System.Threading.RateLimiting;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AffinityDurable.Sources.Http;

/// <summary>Pace and repeats. Delays run on the system's clock, as the sockets do.</summary>
internal static class FeedResilience
{
    private static readonly TimeSpan MostDelay = TimeSpan.FromSeconds(30);

    /// <summary>One request at a time, evenly spread: never more than allowed in any stretch of time.</summary>
    public static RateLimiter? Limiter(RateLimit? limit) => limit is null ? null : new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
    {
        TokenLimit = 1,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = limit.Spacing,
        QueueLimit = int.MaxValue,
        AutoReplenishment = true,
    });

    public static ResiliencePipeline<FeedAnswer> Pipeline(HttpSettings settings, SourceOptions options, RateLimiter? limiter)
    {
        var builder = new ResiliencePipelineBuilder<FeedAnswer>();
        if (settings.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<FeedAnswer>
            {
                MaxRetryAttempts = settings.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = MostDelay,
                ShouldHandle = static args => ValueTask.FromResult(
                    args.Outcome.Exception is HttpRequestException or IOException or TimeoutRejectedException || args.Outcome.Result is { MayPass: true }),
                DelayGenerator = static args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
            });
        }

        if (limiter is not null)
        {
            builder.AddRateLimiter(limiter);
        }

        return builder.AddTimeout(settings.RequestTimeout).Build();
    }

    /// <summary>What <c>Retry-After</c> says, seconds or a date; a date that has passed is no wait.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - DateTimeOffset.UtcNow is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };
}
