using System.Text.Json;

namespace AffinityDurable.Delivery.Tests.Monitoring;

/// <summary>What the app was seen to export, by table and by name of a metric or span or id of a log event; the tests of the app approve it.</summary>
internal static class ExportedTelemetry
{
    public static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, ExportedKind>> Tables =
        JsonSerializer.Deserialize<Dictionary<string, IReadOnlyDictionary<string, ExportedKind>>>(
            Repository.Text("tests/AffinityDurable.Delivery.Tests/Monitoring/telemetry.approved.json"), Kusto.Json)!;
}

/// <summary>One metric, span or log event.</summary>
/// <param name="Columns">Columns that are filled, with their values where those are few.</param>
/// <param name="Properties">Properties, the same.</param>
internal sealed record ExportedKind(IReadOnlyDictionary<string, IReadOnlyList<string>> Columns, IReadOnlyDictionary<string, IReadOnlyList<string>> Properties);
