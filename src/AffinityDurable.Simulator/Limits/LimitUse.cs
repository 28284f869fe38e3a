namespace AffinityDurable.Simulator.Limits;

/// <summary>One limit as headers and <c>GET /v2/rate-limit</c> show it; reset in whole seconds from now, rounded up.</summary>
internal readonly record struct LimitUse(long Limit, long Used, long Reset)
{
    public long Remaining => Math.Max(0, Limit - Used);
}

/// <summary>What the limits said to one request, and how they stood after it.</summary>
internal readonly record struct Admission(Refusal Refusal, LimitUse Minute, LimitUse? Month);
