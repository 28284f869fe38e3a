using System.Diagnostics;
using System.Text.Json;
using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Delivery.Tests.Monitoring;

/// <summary>Reads queries with the language service that the portal uses.</summary>
internal static class Kusto
{
    /// <summary>Columns of the workspace's tables that the exporter fills, with their types; from the reference of Azure Monitor Logs.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Tables = new Dictionary<string, IReadOnlyDictionary<string, string>>
    {
        ["AppDependencies"] = Table(("DependencyType", "string"), ("DurationMs", "real"), ("Id", "string"), ("Name", "string"), ("ResultCode", "string"), ("Success", "bool"), ("Target", "string")),
        ["AppMetrics"] = Table(("ItemCount", "int"), ("Max", "real"), ("Min", "real"), ("Name", "string"), ("Sum", "real")),
        ["AppTraces"] = Table(("Message", "string"), ("SeverityLevel", "int")),
    };

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>What the service makes of each query.</summary>
    public static IReadOnlyDictionary<string, ReadQuery> Read(IReadOnlyDictionary<string, string> queries)
    {
        string[] arguments = [Repository.Absolute("tests/AffinityDurable.Delivery.Tests/Monitoring/kql.mjs"), Service.Of(Service.Kusto).Require()];
        using var node = Process.Start(new ProcessStartInfo("node", arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = node.StandardError.ReadToEndAsync();
        node.StandardInput.Write(JsonSerializer.Serialize(new { tables = Tables, queries }));
        node.StandardInput.Close();
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return node.ExitCode == 0
            ? JsonSerializer.Deserialize<Dictionary<string, ReadQuery>>(output, Json)!
            : throw new InvalidOperationException(errors.Result);
    }

    private static Dictionary<string, string> Table(params (string Name, string Type)[] columns)
    {
        (string Name, string Type)[] common =
            [("AppRoleInstance", "string"), ("AppRoleName", "string"), ("OperationId", "string"), ("ParentId", "string"), ("Properties", "dynamic"), ("TimeGenerated", "datetime")];
        return columns.Concat(common).ToDictionary(column => column.Name, column => column.Type);
    }
}

/// <param name="Diagnostics">What the service finds wrong.</param>
/// <param name="Results">Columns of the result.</param>
/// <param name="Columns">Columns of tables that are used.</param>
/// <param name="Properties">Members of the column <c>Properties</c> that are used.</param>
/// <param name="Comparisons">Columns and properties that are compared with literals.</param>
/// <param name="Joins">Whether tables are joined.</param>
internal sealed record ReadQuery(
    IReadOnlyList<string> Diagnostics,
    IReadOnlyList<ResultColumn> Results,
    IReadOnlyList<Subject> Columns,
    IReadOnlyList<Subject> Properties,
    IReadOnlyList<Comparison> Comparisons,
    bool Joins);

internal sealed record ResultColumn(string Name, string Type);

/// <summary>A column of a table, or a property in its column <c>Properties</c>.</summary>
internal sealed record Subject(string Table, string? Column, string? Property);

/// <param name="Operator">Such as <c>==</c> or <c>in</c>.</param>
/// <param name="Values">The literals.</param>
internal sealed record Comparison(string Table, string? Column, string? Property, string Operator, IReadOnlyList<string> Values);
