using System.Net;

namespace AffinityDurable.Sources.Http;

/// <summary>What a status means for the next try.</summary>
internal static class FeedStatus
{
    /// <summary>408, 425, 429 and all of 5xx but 501 and 505.</summary>
    public static bool MayPass(HttpStatusCode status) =>
        (int)status is 408 or 425 or 429 || ((int)status >= 500 && (int)status is not (501 or 505));

    public static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;
}
