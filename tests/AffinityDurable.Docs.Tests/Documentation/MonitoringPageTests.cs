using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using AffinityDurable.Core.Telemetry;
using AffinityDurable.Functions;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Docs.Tests.Documentation;

/// <summary>docs/monitoring.md names every span, metric and log event. With <c>UPDATE_APPROVED=1</c> its tables are written anew.</summary>
public sealed class MonitoringPageTests
{
    private const string Page = "docs/monitoring.md";

    [Fact]
    public void Every_metric_has_its_row() => Hold("Metrics", Metrics());

    [Fact]
    public void Every_log_event_has_its_row() => Hold("Log events", Events().Select(one => $"| {one.EventId} | {one.Level} | {one.Message.Replace("|", "\\|", StringComparison.Ordinal)} |"));

    [Fact]
    public void Every_span_below_an_activity_has_its_row() =>
        Assert.Equal(
            new[] { CallSignals.Span, SourceReading.Span }.Order(StringComparer.Ordinal),
            Rows("Spans").Select(row => row.Split('|')[1].Trim(' ', '`')).Order(StringComparer.Ordinal));

    [Fact]
    public void Log_events_have_ids_and_no_two_have_the_same()
    {
        var events = Events().ToList();

        Assert.NotEmpty(events);
        Assert.All(events, one => Assert.True(one.EventId > 0, one.Message));
        Assert.Empty(events.GroupBy(one => one.EventId).Where(same => same.Count() > 1).Select(same => string.Join(" / ", same.Select(one => $"{one.EventId} {one.Message}"))));
    }

    [Fact]
    public void Every_log_message_has_an_event()
    {
        string[] free = ["LogTrace(", "LogDebug(", "LogInformation(", "LogWarning(", "LogError(", "LogCritical("];
        var found = new[] { "src/AffinityDurable.Core", "src/AffinityDurable.Functions", "src/AffinityDurable.Sources", "src/AffinityDurable.LocalHost" }
            .SelectMany(folder => Repository.Files(folder, "*.cs"))
            .Where(file => free.Any(call => file.Text.Contains("." + call, StringComparison.Ordinal)))
            .Select(file => file.Path);

        Assert.Empty(found);
    }

    private static void Hold(string heading, IEnumerable<string> expected)
    {
        var rows = expected.ToList();
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1")
        {
            Write(heading, rows);
        }

        Assert.Equal(rows, Rows(heading));
    }

    private static IEnumerable<string> Metrics()
    {
        RuntimeHelpers.RunClassConstructor(typeof(CallSignals).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(RunSignals).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(EventSignals).TypeHandle);
        var found = new List<Instrument>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => found.Add(instrument) };
        listener.Start();
        return found.Where(instrument => instrument.Meter.Name == Signals.Name)
            .OrderBy(instrument => instrument.Name, StringComparer.Ordinal)
            .Select(instrument => $"| `{instrument.Name}` | {KindOf(instrument)} | {instrument.Unit} | {instrument.Description} |")
            .ToList();
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0].ToLowerInvariant();

    private static IEnumerable<LoggerMessageAttribute> Events() =>
        new[] { typeof(Signals).Assembly, typeof(AffinityDurableServices).Assembly, typeof(LocalHost.EmbeddedHost).Assembly, typeof(Sources.SourceServices).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .OrderBy(one => one.EventId)
            .ThenBy(one => one.Message, StringComparer.Ordinal);

    /// <summary>Rows of the table under a heading, without its head.</summary>
    private static IReadOnlyList<string> Rows(string heading)
    {
        var (lines, first, count) = Table(heading);
        return lines.GetRange(first, count);
    }

    private static void Write(string heading, List<string> rows)
    {
        var (lines, first, count) = Table(heading);
        lines.RemoveRange(first, count);
        lines.InsertRange(first, rows);
        File.WriteAllText(Repository.Absolute(Page), string.Join('\n', lines));
    }

    private static (List<string> Lines, int First, int Count) Table(string heading)
    {
        var lines = Repository.File(Page).Text.Split('\n').ToList();
        var start = lines.FindIndex(lines.IndexOf(string.Create(CultureInfo.InvariantCulture, $"## {heading}")), line => line.StartsWith("|---", StringComparison.Ordinal)) + 1;
        return (lines, start, lines.Skip(start).TakeWhile(line => line.StartsWith('|')).Count());
    }
}
