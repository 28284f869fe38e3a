namespace AffinityDurable.LocalHost.Engine;

/// <summary>Counts what is under way: turns, activities, writes, function invocations. At zero everything waits on a clock or on someone outside.</summary>
internal sealed class WorkInFlight
{
    private readonly Lock gate = new();
    private int count;

    /// <summary>Called on the thread that ended the last work.</summary>
    public Action? OnIdle { get; set; }

    public void Begin()
    {
        lock (gate)
        {
            count++;
        }
    }

    public void End()
    {
        bool idle;
        lock (gate)
        {
            idle = --count == 0;
        }

        if (idle)
        {
            OnIdle?.Invoke();
        }
    }

    /// <summary>Runs <paramref name="action"/> if nothing is under way; nothing new begins on other threads meanwhile.</summary>
    public void IfIdle(Action action)
    {
        lock (gate)
        {
            if (count == 0)
            {
                action();
            }
        }
    }
}
