namespace AffinityDurable.Core.Affinity;

/// <summary>A subscription to what happens in Affinity. All users of the organisation see and change all of them.</summary>
/// <param name="Id">Id of the subscription.</param>
/// <param name="Url">Where deliveries go.</param>
/// <param name="Events">The events that it asks for; none means all.</param>
/// <param name="IsActive">False when it was switched off: by hand, or by Affinity after ten hours of failed deliveries.</param>
public sealed record Webhook(long Id, string Url, IReadOnlyList<string> Events, bool IsActive);
