using System.Threading.Channels;

namespace AffinityDurable.Simulator.Tests;

/// <summary>A clock that tells of every timer that is set on it, and to what.</summary>
internal sealed class TimerWatch(TimeProvider inner) : TimeProvider
{
    private readonly Channel<TimeSpan> _set = Channel.CreateUnbounded<TimeSpan>();

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <summary>The due time of the next timer that is set, or that was and has not been told of.</summary>
    public async Task<TimeSpan> NextAsync() => await _set.Reader.ReadAsync();

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = inner.CreateTimer(callback, state, dueTime, period);
        _set.Writer.TryWrite(dueTime);
        return timer;
    }
}
