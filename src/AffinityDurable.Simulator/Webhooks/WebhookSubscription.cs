using AffinityDurable.Simulator.Model;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>A URL that wants to be told what happens in the account.</summary>
/// <param name="Id">Unique in the account.</param>
/// <param name="Url">Absolute, http or https; shown as it was sent.</param>
/// <param name="Events">The events it wants, such as <c>list_entry.created</c>; none means all.</param>
/// <param name="CreatorId">The user who subscribed, when that is known.</param>
/// <param name="CreatedAt">When it was subscribed.</param>
public sealed record WebhookSubscription(long Id, Uri Url, IReadOnlyList<string> Events, long? CreatorId, DateTimeOffset CreatedAt)
    : IIdentified
{
    /// <summary>False when it was switched off by hand, or by the simulator after ten hours of failed deliveries.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Null until it is changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    internal bool WantsValues =>
        Wants(WebhookEvents.ValueCreated) || Wants(WebhookEvents.ValueUpdated) || Wants(WebhookEvents.ValueDeleted);

    internal bool Wants(string type) => IsActive && (Events.Count == 0 || Events.Contains(type, StringComparer.Ordinal));

    internal bool Uses(Uri url) => Url.AbsoluteUri == url.AbsoluteUri;
}
