using AffinityDurable.Simulator.Webhooks;
using Microsoft.OpenApi;
using static AffinityDurable.Simulator.OpenApi.Shape;

namespace AffinityDurable.Simulator.OpenApi;

/// <summary>Webhooks.</summary>
internal static partial class Shapes
{
    public static OpenApiSchemaReference Webhook => Component("Webhook", Object(
        ("id", Id), ("url", Url), ("subscriptions", Array(WebhookEvent)), ("status", WebhookStatus), ("creator", OrNull(Object(("id", Id)))),
        ("createdAt", Instant), ("updatedAt", OrNull(Instant))));

    public static OpenApiSchema NewWebhook => Object(("url", Url), ("subscriptions", Array(WebhookEvent)));

    public static OpenApiSchema WebhookChange => Object(("url?", Url), ("subscriptions?", Array(WebhookEvent)), ("status?", WebhookStatus));

    private static OpenApiSchemaReference WebhookEvent => Component("WebhookEvent", OneOf(WebhookEvents.All));

    private static OpenApiSchema WebhookStatus => OneOf("active", "disabled");
}
