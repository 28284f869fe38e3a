using System.Diagnostics;
using System.Diagnostics.Metrics;
using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Telemetry;

/// <summary>What is told of calls of the Affinity API.</summary>
public static class CallSignals
{
    /// <summary>Name of the span of a call, its repeats included.</summary>
    public const string Span = "affinity.call";

    private static readonly Counter<long> Calls =
        Signals.Metrics.CreateCounter<long>("affinity.calls", "{call}", "Calls of the Affinity API, repeats included.");

    private static readonly Gauge<long> MinuteRemaining =
        Signals.Metrics.CreateGauge<long>("affinity.minute_calls_remaining", "{call}", "Calls left in the minute window, as Affinity said last.");

    private static readonly Gauge<double> MinuteUse =
        Signals.Metrics.CreateGauge<double>("affinity.minute_window_use", "1", "Share of the minute window's calls that is used, by everything with this key.");

    private static readonly Gauge<long> MonthRemaining =
        Signals.Metrics.CreateGauge<long>("affinity.month_calls_remaining", "{call}", "Calls left in the month, as Affinity said last; none on plans without such a limit.");

    private static readonly Gauge<double> MonthUse =
        Signals.Metrics.CreateGauge<double>("affinity.month_use", "1", "Share of the month's calls that is used, by everybody in the account, as Affinity said last.");

    internal static Activity? Begin(HttpMethod method, string endpoint)
    {
        var span = Signals.Spans.StartActivity(Span, ActivityKind.Client);
        span?.SetTag(Signals.Method, method.Method).SetTag(Signals.Endpoint, endpoint);
        return span;
    }

    internal static void End<T>(Activity? span, Answer<T> answer, string endpoint, bool reads)
    {
        var status = answer.Fault?.Status ?? 200;
        var kind = reads ? "read" : "write";
        span?.SetTag(Signals.Status, status).SetTag(Signals.Kind, kind);
        if (answer.Fault is { } fault)
        {
            span?.SetTag(Signals.ErrorType, fault.Kind.ToString());
            span?.SetStatus(ActivityStatusCode.Error);
        }

        Calls.Add(answer.Calls, new(Signals.Kind, kind), new(Signals.Endpoint, endpoint), new(Signals.Status, status));
        if (answer.Limits is { } limits)
        {
            Record(limits);
        }
    }

    private static void Record(RateLimits limits)
    {
        if (limits is { UserRemaining: { } remaining, UserLimit: { } limit and > 0 })
        {
            MinuteRemaining.Record(remaining);
            MinuteUse.Record(1 - ((double)remaining / limit));
        }

        if (limits.OrgRemaining is { } month)
        {
            MonthRemaining.Record(month);
            if (limits.OrgLimit is { } most and > 0)
            {
                MonthUse.Record(1 - ((double)month / most));
            }
        }
    }
}
