using System.Text.Json.Nodes;
using AffinityDurable.Simulator.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AffinityDurable.Simulator.Control;

/// <summary>The deliveries of webhooks from outside.</summary>
internal sealed class WebhookControl(WebhookLog log)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/_sim/webhooks", (RequestDelegate)GetDeliveries);

    private Task GetDeliveries(HttpContext context) => ControlJson.Send(context, new
    {
        Deliveries = log.Deliveries.Select(delivery => new
        {
            delivery.SubscriptionId,
            delivery.Type,
            delivery.QueuedAt,
            Status = delivery.Status.ToString(),
            Content = JsonNode.Parse(delivery.Json),
            Attempts = delivery.Attempts.Select(attempt => new { attempt.At, attempt.Status, attempt.Problem }),
        }),
    });
}
