using System.Diagnostics.Metrics;
using AffinityDurable.Core.Telemetry;

namespace AffinityDurable.Functions.Telemetry;

/// <summary>What is told of events that come from outside.</summary>
public static class EventSignals
{
    private static readonly Counter<long> Deliveries =
        Signals.Metrics.CreateCounter<long>("affinity.webhook_deliveries", "{delivery}", "Deliveries of Affinity's webhook, by what became of them.");

    private static readonly Counter<long> ArrivalsIgnored =
        Signals.Metrics.CreateCounter<long>("affinity.arrivals_ignored", "{file}", "Files of which there were news and for which no sync waits, by scheme.");

    private static readonly Counter<long> ArrivalsGivenUp =
        Signals.Metrics.CreateCounter<long>("affinity.arrivals_given_up", "{message}", "Messages about files that were given up after the last attempt.");

    internal static void Delivered(string result) => Deliveries.Add(1, new KeyValuePair<string, object?>(Signals.Outcome, result));

    internal static void IgnoredArrival(string scheme) => ArrivalsIgnored.Add(1, new KeyValuePair<string, object?>(Signals.Kind, scheme));

    internal static void GivenUpArrival() => ArrivalsGivenUp.Add(1);
}
