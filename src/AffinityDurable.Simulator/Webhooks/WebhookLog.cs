using System.Collections.Concurrent;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>The last deliveries of webhooks, whether they arrived or not.</summary>
public sealed class WebhookLog
{
    /// <summary>How many deliveries are kept.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentQueue<WebhookDelivery> _deliveries = new();
    private readonly Lock _gate = new();
    private readonly Action _resumeWhatIsDue;
    private TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _busy;

    internal WebhookLog(Action resumeWhatIsDue)
    {
        _resumeWhatIsDue = resumeWhatIsDue;
        _idle.SetResult();
    }

    /// <summary>The deliveries kept, oldest first, test deliveries among them.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => [.. _deliveries];

    /// <summary>
    /// Ends when nothing is left to do before the clock moves: all that was queued has been delivered, has ended, or waits for its next
    /// attempt. An event is queued before the request that caused it is answered.
    /// </summary>
    public Task WhenIdleAsync()
    {
        // The clock may have been moved a moment ago, and its timers not have fired.
        _resumeWhatIsDue();
        lock (_gate)
        {
            return _idle.Task;
        }
    }

    internal void Add(WebhookDelivery delivery)
    {
        _deliveries.Enqueue(delivery);
        while (_deliveries.Count > Capacity)
        {
            _deliveries.TryDequeue(out _);
        }
    }

    internal void Clear() => _deliveries.Clear();

    internal void BeginWork()
    {
        lock (_gate)
        {
            if (_busy++ == 0)
            {
                _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    internal void EndWork()
    {
        lock (_gate)
        {
            if (--_busy == 0)
            {
                _idle.SetResult();
            }
        }
    }
}
