namespace AffinityDurable.Simulator.Webhooks;

/// <summary>
/// The deliveries of one subscription, in their order: none is tried before the one ahead of it has arrived. Between two attempts nothing
/// runs but a timer.
/// </summary>
internal sealed class DeliveryQueue(
    long subscriptionId, WebhookSubscriptions subscriptions, WebhookSender sender, WebhookLog log, Backoff backoff, TimeProvider time)
    : IDisposable
{
    /// <summary>How many deliveries may wait; those beyond are dropped.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<WebhookDelivery> _waiting = new();
    private ITimer? _retry;
    private DateTimeOffset _due;
    private bool _isPosting;
    private bool _isEnded;

    public void Add(WebhookDelivery delivery)
    {
        lock (_gate)
        {
            if (_isEnded || _waiting.Count >= Capacity)
            {
                delivery.End(DeliveryStatus.Dropped);
                return;
            }

            _waiting.Enqueue(delivery);
            if (!_isPosting && _retry is null)
            {
                Start();
            }
        }
    }

    /// <summary>Looks whether the subscription still wants what is waiting for it.</summary>
    public void Review()
    {
        lock (_gate)
        {
            if (Recipient() is null)
            {
                DropAll();
            }
        }
    }

    /// <summary>Makes the next attempt now if its time has come.</summary>
    public void ResumeIfDue()
    {
        lock (_gate)
        {
            if (time.GetUtcNow() >= _due)
            {
                Resume();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isEnded = true;
            DropAll();
        }
    }

    private void Start()
    {
        _isPosting = true;

        // Before the caller goes on: from here to the end of the work nobody may take the deliveries for done.
        log.BeginWork();
        _ = Task.Run(PostAllAsync);
    }

    private void Resume()
    {
        lock (_gate)
        {
            if (_retry is not null)
            {
                StopWaiting();
                Start();
            }
        }
    }

    private async Task PostAllAsync()
    {
        try
        {
            while (Next() is var (delivery, url) && Settle(delivery, await sender.PostAsync(url, delivery.Utf8Json)))
            {
            }
        }
        finally
        {
            log.EndWork();
        }
    }

    private (WebhookDelivery Delivery, Uri Url)? Next()
    {
        lock (_gate)
        {
            var recipient = Recipient();
            if (recipient is null)
            {
                DropAll();
            }

            if (_waiting.TryPeek(out var delivery))
            {
                return (delivery, recipient!.Url);
            }

            _isPosting = false;
            return null;
        }
    }

    /// <summary>Gives true when the next delivery may be tried at once.</summary>
    private bool Settle(WebhookDelivery delivery, DeliveryAttempt attempt)
    {
        lock (_gate)
        {
            delivery.Add(attempt);
            if (!_waiting.TryPeek(out var head) || head != delivery)
            {
                // Dropped while it was posted.
                return true;
            }

            if (attempt.IsAccepted)
            {
                _waiting.Dequeue();
                return true;
            }

            _isPosting = false;
            Postpone(delivery);
            return false;
        }
    }

    private void Postpone(WebhookDelivery delivery)
    {
        if (backoff.After(delivery.Attempts, time.GetUtcNow()) is { } wait)
        {
            _due = time.GetUtcNow() + wait;
            _retry = time.CreateTimer(static queue => ((DeliveryQueue)queue!).Resume(), this, wait, Timeout.InfiniteTimeSpan);
            return;
        }

        _waiting.Dequeue();
        delivery.End(DeliveryStatus.Failed);
        subscriptions.Change(subscriptionId, before => before with { IsActive = false, UpdatedAt = time.GetUtcNow() });
        DropAll();
    }

    private void DropAll()
    {
        StopWaiting();
        foreach (var delivery in _waiting)
        {
            delivery.End(DeliveryStatus.Dropped);
        }

        _waiting.Clear();
    }

    private void StopWaiting()
    {
        _retry?.Dispose();
        _retry = null;
    }

    private WebhookSubscription? Recipient() => subscriptions.Find(subscriptionId) is { IsActive: true } recipient ? recipient : null;
}
