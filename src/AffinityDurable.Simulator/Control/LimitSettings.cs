using AffinityDurable.Simulator.Limits;

namespace AffinityDurable.Simulator.Control;

/// <summary>The limits as the control API shows and takes them; null lifts the monthly or the concurrency limit.</summary>
internal sealed record LimitSettings(
    int CallsPerMinute, double WindowSeconds, long? CallsPerMonth, long MonthUsed, int? Concurrency, bool SendsRetryAfter)
{
    public static LimitSettings Of(AccountLimits limits) => new(
        limits.CallsPerMinute, limits.WindowLength.TotalSeconds, limits.CallsPerMonth, limits.MonthUsed, limits.Concurrency,
        limits.SendsRetryAfter);

    public void ApplyTo(AccountLimits limits)
    {
        limits.CallsPerMinute = CallsPerMinute;
        limits.WindowLength = TimeSpan.FromSeconds(WindowSeconds);
        limits.CallsPerMonth = CallsPerMonth;
        limits.MonthUsed = MonthUsed;
        limits.Concurrency = Concurrency;
        limits.SendsRetryAfter = SendsRetryAfter;
    }
}
