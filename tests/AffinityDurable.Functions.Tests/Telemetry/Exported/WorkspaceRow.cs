using System.Globalization;
using System.Text.Json;

namespace AffinityDurable.Functions.Tests.Telemetry.Exported;

/// <summary>A row of a workspace's table, as Azure Monitor makes it of an envelope: only those columns that queries of ours read.</summary>
/// <param name="Table">Such as <c>AppMetrics</c>.</param>
/// <param name="Name">What the row is about: the name of a metric or span, or the id of a log event.</param>
/// <param name="Columns">Columns other than the properties; a column is there if the envelope fills it.</param>
/// <param name="Properties">The column <c>Properties</c>.</param>
internal sealed record WorkspaceRow(string Table, string Name, IReadOnlyDictionary<string, string> Columns, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>In the workspace, severities are numbers.</summary>
    private static readonly List<string> Severities = ["Verbose", "Information", "Warning", "Error", "Critical"];

    /// <summary>Null for kinds of envelopes that no query is about.</summary>
    public static WorkspaceRow? Of(JsonElement envelope)
    {
        var data = envelope.GetProperty("data");
        var content = data.GetProperty("baseData");
        var properties = content.TryGetProperty("properties", out var all)
            ? all.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.ToString(), StringComparer.Ordinal)
            : [];
        var columns = new Dictionary<string, string>(StringComparer.Ordinal) { ["TimeGenerated"] = envelope.GetProperty("time").ToString() };
        Add(columns, envelope.GetProperty("tags"), ("ai.cloud.role", "AppRoleName"), ("ai.cloud.roleInstance", "AppRoleInstance"), ("ai.operation.id", "OperationId"), ("ai.operation.parentId", "ParentId"));
        switch (data.GetProperty("baseType").GetString())
        {
            case "MetricData":
                var metric = content.GetProperty("metrics")[0];
                Add(columns, metric, ("name", "Name"), ("value", "Sum"), ("count", "ItemCount"), ("min", "Min"), ("max", "Max"));
                return new WorkspaceRow("AppMetrics", columns["Name"], columns, properties);
            case "MessageData":
                Add(columns, content, ("message", "Message"));
                columns["SeverityLevel"] = Severities.IndexOf(content.GetProperty("severityLevel").GetString()!).ToString(CultureInfo.InvariantCulture);
                return new WorkspaceRow("AppTraces", properties.GetValueOrDefault("EventId", ""), columns, properties);
            case "RemoteDependencyData":
                Add(columns, content, ("name", "Name"), ("type", "DependencyType"), ("target", "Target"), ("resultCode", "ResultCode"), ("success", "Success"), ("id", "Id"), ("duration", "DurationMs"));
                return new WorkspaceRow("AppDependencies", columns["Name"], columns, properties);
            default:
                return null;
        }
    }

    private static void Add(Dictionary<string, string> columns, JsonElement from, params (string Member, string Column)[] members)
    {
        foreach (var (member, column) in members)
        {
            if (from.TryGetProperty(member, out var value) && value.ValueKind is not JsonValueKind.Null)
            {
                columns[column] = value.ToString();
            }
        }
    }
}
