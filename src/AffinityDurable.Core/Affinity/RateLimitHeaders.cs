using System.Globalization;
using System.Net.Http.Headers;

namespace AffinityDurable.Core.Affinity;

/// <summary>Reads the six rate-limit headers; names compare without regard to case, as Affinity has changed theirs before.</summary>
internal static class RateLimitHeaders
{
    public static RateLimits Read(HttpResponseMessage response, DateTimeOffset sentAt, DateTimeOffset receivedAt)
    {
        var headers = response.Headers.NonValidated;
        return new RateLimits(
            Count(headers, "x-ratelimit-limit-user"),
            Count(headers, "x-ratelimit-limit-user-remaining"),
            Seconds(headers, "x-ratelimit-limit-user-reset"),
            Count(headers, "x-ratelimit-limit-org"),
            Count(headers, "x-ratelimit-limit-org-remaining"),
            Seconds(headers, "x-ratelimit-limit-org-reset"),
            headers.Contains("Retry-After") ? RetryAfter(response.Headers.RetryAfter, receivedAt) : null,
            sentAt,
            receivedAt);
    }

    private static int? Count(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values)
        && values.Count == 1
        && int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : null;

    private static TimeSpan? Seconds(HttpHeadersNonValidated headers, string name) =>
        Count(headers, name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? value, DateTimeOffset receivedAt)
    {
        var delay = value?.Delta ?? value?.Date - receivedAt;
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay;
    }
}
