namespace AffinityDurable.Core.Affinity;

/// <summary>The rate-limit headers of one answer. Each is null where the header was absent or unreadable.</summary>
/// <param name="UserLimit">Calls allowed in a minute window.</param>
/// <param name="UserRemaining">Calls left in the window.</param>
/// <param name="UserReset">Until the window ends, in whole seconds: the real end is up to a second earlier.</param>
/// <param name="OrgLimit">Calls allowed in the month; absent on unlimited plans.</param>
/// <param name="OrgRemaining">Calls left in the month.</param>
/// <param name="OrgReset">Until the month ends.</param>
/// <param name="RetryAfter">From <c>Retry-After</c>, where sent: Affinity does not document it.</param>
/// <param name="SentAt">When the request left, by our clock.</param>
/// <param name="ReceivedAt">When the headers arrived, by our clock.</param>
public sealed record RateLimits(
    int? UserLimit,
    int? UserRemaining,
    TimeSpan? UserReset,
    long? OrgLimit,
    long? OrgRemaining,
    TimeSpan? OrgReset,
    TimeSpan? RetryAfter,
    DateTimeOffset SentAt,
    DateTimeOffset ReceivedAt);
