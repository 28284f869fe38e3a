namespace AffinityDurable.LocalHost.Engine;

/// <summary>Calls back at due times, in order, on one timer of the clock.</summary>
internal sealed class DueTimes : IDisposable
{
    // Wall-clock due times: look again at least this often, in case the clock is set or the computer slept.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly PriorityQueue<Entry, (long Ticks, long Order)> queue = new();
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private long added;
    private bool disposed;

    public DueTimes(TimeProvider clock)
    {
        this.clock = clock;
        timer = clock.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>When the next entry that still counts is due.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (gate)
            {
                DropStale();
                return queue.TryPeek(out _, out var next) ? new DateTimeOffset(next.Ticks, TimeSpan.Zero) : null;
            }
        }
    }

    /// <param name="due">UTC; past times fire at once.</param>
    /// <param name="fire">Called once, on a thread of the clock.</param>
    /// <param name="isStale">True when the entry no longer counts; it is then dropped.</param>
    public void Add(DateTimeOffset due, Action fire, Func<bool> isStale)
    {
        if (due <= clock.GetUtcNow())
        {
            fire();
            return;
        }

        lock (gate)
        {
            queue.Enqueue(new(fire, isStale), (due.UtcTicks, added++));
            Arm();
        }
    }

    /// <summary>Fires everything that is due now.</summary>
    public void FireDue()
    {
        List<Action> due = [];
        lock (gate)
        {
            DropStale();
            var now = clock.GetUtcNow().UtcTicks;
            while (queue.TryPeek(out var entry, out var next) && next.Ticks <= now)
            {
                queue.Dequeue();
                due.Add(entry.Fire);
                DropStale();
            }

            Arm();
        }

        // Outside the lock: firing takes other locks.
        foreach (var fire in due)
        {
            fire();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
        }

        timer.Dispose();
    }

    private void DropStale()
    {
        while (queue.TryPeek(out var entry, out _) && entry.IsStale())
        {
            queue.Dequeue();
        }
    }

    private void Arm()
    {
        if (disposed || !queue.TryPeek(out _, out var next))
        {
            return;
        }

        // Rounded up: a timer that fires early would only have to be set again.
        var milliseconds = Math.Ceiling(TimeSpan.FromTicks(next.Ticks - clock.GetUtcNow().UtcTicks).TotalMilliseconds);
        var wait = TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, LongestSleep.TotalMilliseconds));
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private readonly record struct Entry(Action Fire, Func<bool> IsStale);
}
