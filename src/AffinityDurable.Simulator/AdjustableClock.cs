namespace AffinityDurable.Simulator;

/// <summary>
/// The simulator's clock: the one it was given, moved forward on demand. Its timers keep pace: one with an hour to go fires at once when
/// the clock is advanced by an hour.
/// </summary>
public sealed class AdjustableClock : TimeProvider
{
    /// <summary>How far ahead of the given clock this one may be moved, all in all.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromDays(36_500);

    private readonly TimeProvider _given;
    private readonly Lock _gate = new();
    private readonly HashSet<PacedTimer> _timers = [];
    private long _aheadTicks;
    private long _aheadTimestamps;

    internal AdjustableClock(TimeProvider given) => _given = given;

    /// <summary>How far this clock is ahead of the given one.</summary>
    public TimeSpan Ahead => new(Volatile.Read(ref _aheadTicks));

    public override TimeZoneInfo LocalTimeZone => _given.LocalTimeZone;

    public override long TimestampFrequency => _given.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _given.GetUtcNow() + Ahead;

    public override long GetTimestamp() => _given.GetTimestamp() + Volatile.Read(ref _aheadTimestamps);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new PacedTimer(this, callback, state, dueTime, period);
    }

    /// <summary>Moves the clock forward.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or the clock would be ahead by more than <see cref="MostAhead"/>.</exception>
    public void Advance(TimeSpan time)
    {
        PacedTimer[] timers;
        lock (_gate)
        {
            if (time < TimeSpan.Zero || time > MostAhead - Ahead)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(time), time, $"The clock goes only forward, and by {MostAhead.Days} days at most.");
            }

            SetAhead(Ahead + time);
            timers = [.. _timers];
            Array.ForEach(timers, timer => timer.Hasten(TimestampsIn(time)));
        }

        // Outside the lock: a clock made for tests runs due callbacks before it returns.
        Array.ForEach(timers, timer => timer.Pace());
    }

    /// <summary>Moves the clock forward to an instant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is past, or too far ahead.</exception>
    public void AdvanceTo(DateTimeOffset instant) => Advance(instant - GetUtcNow());

    /// <summary>Back to the given clock. Timers keep the time they have to go.</summary>
    internal void Reset()
    {
        lock (_gate)
        {
            SetAhead(TimeSpan.Zero);
        }
    }

    private void SetAhead(TimeSpan ahead)
    {
        Volatile.Write(ref _aheadTicks, ahead.Ticks);
        Volatile.Write(ref _aheadTimestamps, TimestampsIn(ahead));
    }

    private long TimestampsIn(TimeSpan time) => (long)((Int128)time.Ticks * TimestampFrequency / TimeSpan.TicksPerSecond);

    /// <summary>A timer of the given clock whose due time is moved whenever this clock is.</summary>
    private sealed class PacedTimer : ITimer
    {
        private readonly AdjustableClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _timer;
        private long? _due;
        private TimeSpan _period;
        private int _version;

        public PacedTimer(AdjustableClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_clock, _callback, _state, _period) = (clock, callback, state, period);
            lock (clock._gate)
            {
                SetDue(dueTime);
                _timer = clock._given.CreateTimer(static timer => ((PacedTimer)timer!).Fire(), this, dueTime, period);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_clock._gate)
            {
                _version++;
                _period = period;
                SetDue(dueTime);
            }

            return Pace();
        }

        /// <summary>Brings the due time nearer. Called under the clock's lock.</summary>
        public void Hasten(long timestamps)
        {
            _version++;
            _due -= timestamps;
        }

        /// <summary>Hands the due time to the given clock, once more when it was changed meanwhile.</summary>
        public bool Pace()
        {
            int version;
            bool isLive;
            do
            {
                TimeSpan left;
                (version, left) = Left();
                isLive = _timer.Change(left, _period);
            }
            while (isLive && version != Volatile.Read(ref _version));
            return isLive;
        }

        public void Dispose()
        {
            Forget();
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Forget();
            return _timer.DisposeAsync();
        }

        private void Fire()
        {
            lock (_clock._gate)
            {
                if (_due is not { } due)
                {
                    // Fired already, while it was hastened.
                    return;
                }

                SetDue(_period > TimeSpan.Zero ? due + _clock.TimestampsIn(_period) : null);
            }

            _callback(_state);
        }

        private (int Version, TimeSpan Left) Left()
        {
            lock (_clock._gate)
            {
                var left = _due is { } due ? _clock._given.GetElapsedTime(_clock._given.GetTimestamp(), due) : Timeout.InfiniteTimeSpan;
                return (_version, _due is not null && left < TimeSpan.Zero ? TimeSpan.Zero : left);
            }
        }

        private void SetDue(TimeSpan left) =>
            SetDue(left < TimeSpan.Zero ? null : _clock._given.GetTimestamp() + _clock.TimestampsIn(left));

        private void SetDue(long? due)
        {
            _due = due;
            _ = due is null ? _clock._timers.Remove(this) : _clock._timers.Add(this);
        }

        private void Forget()
        {
            lock (_clock._gate)
            {
                SetDue(due: null);
            }
        }
    }
}
