namespace AffinityDurable.LocalHost.Engine;

/// <summary>Moves a fake clock when all work waits on timers.</summary>
/// <param name="JumpTo">Sets the clock to a UTC time that is not before the current one, for instance <c>FakeTimeProvider.SetUtcNow</c>.</param>
/// <param name="TimerTriggersUntil">Timer triggers are jumped to as well, up to this time; null: only durable timers are.</param>
public sealed record ClockJump(Action<DateTimeOffset> JumpTo, DateTimeOffset? TimerTriggersUntil = null);
