using System.Text.Json;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>The sets of parameters that rules are held to: those of the repository, and two that between them switch everything on.</summary>
internal static class Deployments
{
    public const string Operator = "00000000-0000-0000-0000-000000000001";
    public const string Publisher = "00000000-0000-0000-0000-000000000002";

    public const string Required = """
        param location = 'westeurope'
        param tags = { application: 'affinity-durable' }
        param alertEmails = ['somebody@example.com']
        param runbookUri = 'https://example.com/operations.md'
        param monthlyBudget = 100
        param budgetStart = '2026-12-01'

        """;

    private static readonly Dictionary<string, Lazy<Deployment>> Known = new()
    {
        ["dev"] = new(() => Templates.Evaluate("dev.bicepparam")),
        ["prod"] = new(() => Templates.Evaluate("prod.bicepparam")),
        ["main"] = new(() => Templates.Evaluate("main.bicepparam")),
        ["everything"] = new(() => Templates.Evaluate("everything", Everything)),
        ["in-storage"] = new(() => Templates.Evaluate("in-storage", InStorage)),
    };

    /// <summary>Names of all sets.</summary>
    public static TheoryData<string> Names => [.. Known.Keys];

    public static IEnumerable<Deployment> All => Known.Keys.Select(Of);

    public static Deployment Of(string name) => Known[name].Value;

    /// <summary>Private networking, a scheduler, and a value for every parameter; the longest name of an environment.</summary>
    private static string Everything => Required + $$"""
        param environmentName = 'longest8'
        param durableBackend = 'DurableTaskScheduler'
        param privateNetworking = true
        param allowedAddresses = ['203.0.113.7']
        param allowedCallers = ['203.0.113.0/24']
        param entra = { tenantId: '00000000-0000-0000-0000-000000000003', clientId: '00000000-0000-0000-0000-000000000004' }
        param roles = { reader: ['readers', 'more-readers'], operator: ['operators'], approver: ['approvers'] }
        param operators = ['{{Operator}}']
        param publisherPrincipalId = '{{Publisher}}'
        param connections = { warehouse: { Account: 'acme-prod', User: 'SYNC' }, lake: { AccountUrl: 'https://acme.blob.core.windows.net' } }
        param keys = { hightouch: { hash: 'not-a-hash-but-long-enough', role: 'operator' } }
        param pubSub = { audience: 'https://sync.example.com', serviceAccounts: ['exports@acme.iam.gserviceaccount.com'] }
        param writesEnabled = true
        param tuning = {
        {{string.Join('\n', Tuning.Select(setting => $"  {setting.Name}: {setting.Value}"))}}
        }
        """;

    /// <summary>Without a network, the hub in the storage account, and a simulated Affinity; the shortest name of an environment.</summary>
    private static string InStorage => Required + """
        param environmentName = 'q1'
        param durableBackend = 'AzureStorage'
        param privateNetworking = false
        param simulatedAffinity = true
        param deletionLocks = false
        """;

    /// <summary>Every property of the type of <c>tuning</c>, with a value that it admits.</summary>
    public static IEnumerable<(string Name, string Value)> Tuning =>
        Templates.Compiled.GetProperty("definitions").EnumerateObject()
            .Single(definition => definition.Name.EndsWith("tunables", StringComparison.Ordinal)).Value
            .GetProperty("properties").EnumerateObject()
            .Select(setting => (setting.Name, ValueOf(setting.Value)));

    private static string ValueOf(JsonElement type) => type.GetProperty("type").GetString() switch
    {
        "int" => type.TryGetProperty("minValue", out var least) ? least.GetRawText() : "1",
        "string" => "'00:00:07'",
        var other => throw new InvalidOperationException($"No value is made up for the type {other} yet."),
    };
}
