using System.Text.Json;

namespace AffinityDurable.Core.Affinity;

/// <content>Subscriptions to what happens in Affinity (beta of the API).</content>
public sealed partial class AffinityClient
{
    /// <summary>All webhooks of the organisation.</summary>
    public Task<Answer<IReadOnlyList<Webhook>>> WebhooksAsync(CancellationToken cancellationToken) =>
        AllAsync(next => GetPageAsync(next ?? transport.Address.Page("webhooks"), WebhookOf, cancellationToken));

    /// <summary>Subscribes an address, which has to answer a test delivery.</summary>
    public Task<Answer<Webhook>> CreateWebhookAsync(Uri url, IReadOnlyList<string> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { url = url.AbsoluteUri, subscriptions = events });
        return transport.SendAsync(new AffinityCall<Webhook>(HttpMethod.Post, transport.Address.Of("webhooks"), body, WebhookOf), cancellationToken);
    }

    /// <summary>Gives a webhook another address and other events, and switches it on. A new address, or one that was off, has to answer a test delivery.</summary>
    /// <returns>The id of the webhook.</returns>
    public Task<Answer<long>> ChangeWebhookAsync(long webhookId, Uri url, IReadOnlyList<string> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { url = url.AbsoluteUri, subscriptions = events, status = "active" });
        return transport.SendAsync(
            new AffinityCall<long>(HttpMethod.Post, transport.Address.Of($"webhooks/{webhookId}"), body, Read: null) { Acknowledged = webhookId }, cancellationToken);
    }

    /// <summary>Ends a webhook.</summary>
    /// <returns>The id of the webhook.</returns>
    public Task<Answer<long>> DeleteWebhookAsync(long webhookId, CancellationToken cancellationToken) =>
        transport.SendAsync(
            new AffinityCall<long>(HttpMethod.Delete, transport.Address.Of($"webhooks/{webhookId}"), ReadOnlyMemory<byte>.Empty, Read: null) { Acknowledged = webhookId },
            cancellationToken);

    private static Webhook WebhookOf(JsonElement webhook) =>
        new(webhook.Id(), webhook.Required("url"), webhook.Texts("subscriptions"), webhook.Required("status") == "active");
}
