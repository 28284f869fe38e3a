using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AffinityDurable.Core.Telemetry;

/// <summary>Where spans and metrics of the product come from. They hold ids, names, codes and counts, never a field value.</summary>
public static class Signals
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "AffinityDurable";

    public const string RunId = "affinity.run_id";
    public const string Sync = "affinity.sync";
    public const string ListId = "affinity.list_id";
    public const string Endpoint = "affinity.endpoint";
    public const string Kind = "affinity.kind";
    public const string Outcome = "affinity.outcome";
    public const string Code = "affinity.code";
    public const string Reason = "affinity.reason";
    public const string Source = "affinity.source";
    public const string SourceType = "affinity.source_type";
    public const string Records = "affinity.records";
    public const string Method = "http.request.method";
    public const string Status = "http.response.status_code";
    public const string ErrorType = "error.type";

    public static ActivitySource Spans { get; } = new(Name, Version);

    public static Meter Metrics { get; } = new(Name, Version);

    private static string? Version => typeof(Signals).Assembly.GetName().Version?.ToString(3);
}
