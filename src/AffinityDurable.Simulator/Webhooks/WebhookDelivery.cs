using System.Text;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>One event on its way to one URL. It goes on changing while it is delivered; each property is sound at any time.</summary>
public sealed class WebhookDelivery
{
    private readonly byte[] _json;
    private volatile DeliveryAttempt[] _attempts = [];
    private volatile DeliveryStatus _status;

    internal WebhookDelivery(long? subscriptionId, string type, DateTimeOffset queuedAt, byte[] json)
    {
        SubscriptionId = subscriptionId;
        Type = type;
        QueuedAt = queuedAt;
        _json = json;
    }

    /// <summary>Whose delivery it is; null for the test delivery of a webhook that is not created yet.</summary>
    public long? SubscriptionId { get; }

    /// <summary>The event, such as <c>field_value.updated</c>, or <c>test</c>.</summary>
    public string Type { get; }

    public DateTimeOffset QueuedAt { get; }

    /// <summary>What is posted, the same in every attempt.</summary>
    public string Json => Encoding.UTF8.GetString(_json);

    public DeliveryStatus Status => _status;

    /// <summary>The attempts made so far, oldest first.</summary>
    public IReadOnlyList<DeliveryAttempt> Attempts => _attempts;

    internal ReadOnlyMemory<byte> Utf8Json => _json;

    internal void Add(DeliveryAttempt attempt)
    {
        _attempts = [.. _attempts, attempt];
        _status = attempt.IsAccepted ? DeliveryStatus.Delivered : _status;
    }

    internal void End(DeliveryStatus status) => _status = status;
}

/// <summary>One POST of a delivery: the status that was answered, or why there was none.</summary>
public sealed record DeliveryAttempt(DateTimeOffset At, int? Status, string? Problem)
{
    /// <summary>True for an answer of 2xx. A redirection is none: it is not followed.</summary>
    public bool IsAccepted => Status is >= 200 and < 300;

    internal string Outcome => Problem ?? $"the answer was {Status}";
}

/// <summary>What has become of a delivery.</summary>
public enum DeliveryStatus
{
    /// <summary>On its way, or waiting for its turn or its next attempt.</summary>
    Waiting,

    /// <summary>Answered with 2xx.</summary>
    Delivered,

    /// <summary>Given up after ten hours, or a test delivery that was not accepted.</summary>
    Failed,

    /// <summary>Never delivered: its webhook ended before, or too many were waiting.</summary>
    Dropped,
}
