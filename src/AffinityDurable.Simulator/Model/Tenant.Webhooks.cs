using AffinityDurable.Simulator.Validation;
using AffinityDurable.Simulator.Webhooks;

namespace AffinityDurable.Simulator.Model;

public sealed partial class Tenant
{
    /// <summary>The webhooks in id order.</summary>
    public IReadOnlyList<WebhookSubscription> Webhooks => Subscriptions.All;

    internal WebhookSubscriptions Subscriptions { get; } = new();

    /// <summary>Adds a webhook as if it had been created long ago: there is no test delivery. Without events it wants all of them.</summary>
    /// <exception cref="ArgumentException">There is no such event, the URL is not one for webhooks, or another webhook uses it.</exception>
    public WebhookSubscription AddWebhook(Uri url, params string[] events)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(events);
        return AddWebhook(new WebhookSubscription(0, url, events, CreatorId: null, Epoch));
    }

    internal WebhookSubscription AddWebhook(WebhookSubscription webhook)
    {
        if (webhook.Events.FirstOrDefault(type => !WebhookEvents.All.Contains(type, StringComparer.Ordinal)) is { } unknown)
        {
            throw new ArgumentException($"There is no event '{unknown}'.", nameof(webhook));
        }

        try
        {
            WebhookUrl.Parse(webhook.Url.OriginalString);
            return Subscriptions.Add(webhook);
        }
        catch (ApiException refusal)
        {
            throw new ArgumentException(refusal.Message, nameof(webhook), refusal);
        }
    }
}
