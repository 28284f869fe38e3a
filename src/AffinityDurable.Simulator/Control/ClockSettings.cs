using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Control;

/// <summary>The clock as the control API shows it.</summary>
internal sealed record ClockSettings(DateTimeOffset Now, double AheadSeconds)
{
    public static ClockSettings Of(AdjustableClock clock) => new(clock.GetUtcNow(), clock.Ahead.TotalSeconds);
}

/// <summary>How far, or up to when, the clock is to be moved forward.</summary>
internal sealed record ClockRequest(double? AdvanceSeconds = null, DateTimeOffset? Now = null)
{
    /// <exception cref="ApiException">400: neither was given, or both.</exception>
    /// <exception cref="ArgumentException">The clock does not go there.</exception>
    public void ApplyTo(AdjustableClock clock)
    {
        switch (this)
        {
            case { AdvanceSeconds: { } seconds, Now: null }:
                clock.Advance(TimeSpan.FromSeconds(seconds));
                break;
            case { AdvanceSeconds: null, Now: { } now }:
                clock.AdvanceTo(now);
                break;
            default:
                throw new ApiException(400, "Either advanceSeconds or now is needed.");
        }
    }
}
