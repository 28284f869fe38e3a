using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AffinityDurable.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Tests.Telemetry;

/// <summary>Keeps every span and measurement of the product in this process, and the log messages of one app with their scopes.</summary>
internal sealed class Told : ILoggerProvider, ISupportExternalScope
{
    private readonly ActivityListener spans;
    private readonly MeterListener metrics;
    private IExternalScopeProvider? scopes;

    public Told()
    {
        spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Signals.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Spans.Enqueue,
        };
        ActivitySource.AddActivityListener(spans);
        metrics = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Signals.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        metrics.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measurements.Enqueue(new(instrument.Name, value, tags.ToArray())));
        metrics.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measurements.Enqueue(new(instrument.Name, value, tags.ToArray())));
        metrics.Start();
    }

    public ConcurrentQueue<Activity> Spans { get; } = [];

    public ConcurrentQueue<Measured> Measurements { get; } = [];

    public ConcurrentQueue<LogLine> Lines { get; } = [];

    /// <summary>The spans of a run: its steps, and what is below them.</summary>
    public IReadOnlyList<Activity> SpansOf(string runId) =>
        [.. Spans.Where(span => (string?)(span.Parent is { Source.Name: Signals.Name } parent ? parent : span).GetTagItem(Signals.RunId) == runId)];

    /// <summary>The sum, or the last value, that was measured of a sync.</summary>
    public IReadOnlyList<double> Of(string metric, string sync) =>
        [.. Measurements.Where(one => one.Metric == metric && one.Tag(Signals.Sync) == sync).Select(one => one.Value)];

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
        spans.Dispose();
        metrics.Dispose();
    }

    private Dictionary<string, object?> Scope()
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        scopes?.ForEachScope(
            (scope, into) =>
            {
                foreach (var (key, value) in scope as IEnumerable<KeyValuePair<string, object?>> ?? [])
                {
                    into[key] = value;
                }
            },
            members);
        return members;
    }

    private sealed class Logger(Told told) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            told.Lines.Enqueue(new(logLevel, eventId.Id, formatter(state, exception), told.Scope()));
    }
}

/// <summary>One measurement.</summary>
internal sealed record Measured(string Metric, double Value, IReadOnlyList<KeyValuePair<string, object?>> Tags)
{
    public string? Tag(string name) => Tags.FirstOrDefault(tag => tag.Key == name).Value?.ToString();
}

/// <summary>One log message.</summary>
internal sealed record LogLine(LogLevel Level, int Event, string Text, IReadOnlyDictionary<string, object?> Scope);
