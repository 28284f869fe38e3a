using System.Text.Encodings.Web;
using System.Text.Json;

namespace AffinityDurable.Functions.Tests.Telemetry.Exported;

/// <summary>What there is to ask for in a workspace: for each metric, log event and span its columns and properties, with the values of those that have few.</summary>
internal static class Catalogue
{
    /// <summary>Properties and columns whose values are words of ours or codes. Others hold names, ids, texts and figures.</summary>
    private static readonly HashSet<string> Enumerated = new(StringComparer.Ordinal)
    {
        "affinity.outcome", "affinity.kind", "affinity.reason", "affinity.code", "http.response.status_code",
        "CategoryName", "EventId", "Outcome", "Trigger", "IsRestricted", "Code", "ResultCode", "Success", "SeverityLevel",
    };

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The catalogue as JSON, in order, so that two of the same telemetry are the same.</summary>
    public static string Of(IEnumerable<WorkspaceRow> rows)
    {
        var tables = rows.Where(IsOurs).GroupBy(row => row.Table).OrderBy(table => table.Key, StringComparer.Ordinal).ToDictionary(
            table => table.Key,
            table => table.GroupBy(row => row.Name).OrderBy(name => name.Key, StringComparer.Ordinal).ToDictionary(name => name.Key, name => Describe([.. name])));
        return JsonSerializer.Serialize(tables, Readable) + "\n";
    }

    /// <summary>The embedded host is not there on Azure, and what is verbose is not sent.</summary>
    private static bool IsOurs(WorkspaceRow row) => row.Table switch
    {
        "AppMetrics" => row.Name.StartsWith("affinity.", StringComparison.Ordinal),
        "AppTraces" => row.Columns["SeverityLevel"] != "0"
            && row.Properties["CategoryName"].StartsWith("AffinityDurable.", StringComparison.Ordinal)
            && !row.Properties["CategoryName"].StartsWith("AffinityDurable.LocalHost.", StringComparison.Ordinal),
        _ => true,
    };

    private static object Describe(IReadOnlyList<WorkspaceRow> rows) => new
    {
        columns = Values(rows.SelectMany(row => row.Columns)),
        properties = Values(rows.SelectMany(row => row.Properties).Where(property => !property.Key.StartsWith("_MS.", StringComparison.Ordinal))),
    };

    private static SortedDictionary<string, IReadOnlyList<string>> Values(IEnumerable<KeyValuePair<string, string>> members) => new(
        members.GroupBy(member => member.Key).ToDictionary(
            one => one.Key,
            one => (IReadOnlyList<string>)(Enumerated.Contains(one.Key) ? [.. one.Select(member => member.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : [])),
        StringComparer.Ordinal);
}
