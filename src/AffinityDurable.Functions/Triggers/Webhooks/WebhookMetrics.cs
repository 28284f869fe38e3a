using System.Diagnostics.Metrics;

namespace AffinityDurable.Functions.Triggers.Webhooks;

/// <summary>Counts deliveries by what became of them.</summary>
internal static class WebhookMetrics
{
    private static readonly Meter Meter = new("AffinityDurable.Webhooks");
    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("affinity_durable.webhook.deliveries", "{delivery}", "Deliveries of Affinity's webhook");

    public static void Count(string result) => Deliveries.Add(1, new KeyValuePair<string, object?>("result", result));
}
