namespace AffinityDurable.LocalHost.History;

/// <summary>Keeps the schedule status of a timer trigger.</summary>
internal sealed class TimerTriggerWrite(string function, TimerTriggerStatus status) : StoreWrite
{
    public override void Apply(StoreSession session) => session.Run(
        "INSERT OR REPLACE INTO timer_triggers (function, last, next, updated_at) VALUES ($1, $2, $3, $4)",
        function,
        status.Last?.UtcTicks ?? 0,
        status.Next.UtcTicks,
        status.UpdatedAt.UtcTicks);
}
