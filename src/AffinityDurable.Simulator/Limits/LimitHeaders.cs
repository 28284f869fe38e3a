using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Limits;

/// <summary>The six headers, in the lower case they have on the wire since January 2026; the monthly three only with a quota.</summary>
internal static class LimitHeaders
{
    public static void Write(IHeaderDictionary headers, in Admission admission)
    {
        Write(
            headers, admission.Minute,
            "x-ratelimit-limit-user", "x-ratelimit-limit-user-remaining", "x-ratelimit-limit-user-reset");
        if (admission.Month is { } month)
        {
            Write(
                headers, month,
                "x-ratelimit-limit-org", "x-ratelimit-limit-org-remaining", "x-ratelimit-limit-org-reset");
        }
    }

    /// <summary>Seconds a client should wait, for the undocumented <c>Retry-After</c>.</summary>
    public static string RetryAfter(in Admission admission) => Text(admission.Refusal switch
    {
        Refusal.Minute => admission.Minute.Reset,
        Refusal.Month => admission.Month?.Reset ?? 1,
        _ => 1,
    });

    private static void Write(IHeaderDictionary headers, LimitUse use, string limit, string remaining, string reset)
    {
        headers[limit] = Text(use.Limit);
        headers[remaining] = Text(use.Remaining);
        headers[reset] = Text(use.Reset);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
