using System.Text.RegularExpressions;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>Azure's rules for names, by type, and ours for tags.</summary>
/// <remarks>Lengths and characters are those of the page "Naming rules and restrictions for Azure resources".</remarks>
internal static class NamingRules
{
    private static readonly Dictionary<string, string> Patterns = new()
    {
        ["Microsoft.Consumption/budgets"] = "^[A-Za-z0-9_-]{1,63}$",
        ["Microsoft.DurableTask/schedulers"] = "^[A-Za-z0-9-]{3,64}$",
        ["Microsoft.DurableTask/schedulers/taskHubs"] = "^[A-Za-z0-9-]{3,64}$",
        ["Microsoft.EventGrid/systemTopics"] = "^[A-Za-z0-9-]{3,50}$",
        ["Microsoft.EventGrid/systemTopics/eventSubscriptions"] = "^[A-Za-z0-9-]{3,64}$",
        ["Microsoft.Insights/actionGroups"] = @"^[^:<>+/&%\\?|]{1,259}[^:<>+/&%\\?|. ]$",
        ["Microsoft.Insights/components"] = @"^[^%&\\?/]{1,259}[^%&\\?/. ]$",
        ["Microsoft.Insights/scheduledQueryRules"] = @"^[^*<>%{}&:\\?/#@]{1,259}[^*<>%{}&:\\?/#@. ]$",
        ["Microsoft.Insights/workbooks"] = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        ["Microsoft.KeyVault/vaults"] = "^(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$",
        ["Microsoft.Network/natGateways"] = "^[A-Za-z0-9][A-Za-z0-9_.-]{0,78}[A-Za-z0-9_]$",
        ["Microsoft.Network/networkSecurityGroups"] = "^[A-Za-z0-9][A-Za-z0-9_.-]{0,78}[A-Za-z0-9_]$",
        ["Microsoft.Network/privateEndpoints"] = "^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9_]$",
        ["Microsoft.Network/publicIPAddresses"] = "^[A-Za-z0-9][A-Za-z0-9_.-]{0,78}[A-Za-z0-9_]$",
        ["Microsoft.Network/virtualNetworks"] = "^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9_]$",
        ["Microsoft.OperationalInsights/queryPacks"] = "^[A-Za-z0-9-]{1,90}$",
        ["Microsoft.OperationalInsights/queryPacks/queries"] = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        ["Microsoft.OperationalInsights/workspaces"] = "^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$",
        ["Microsoft.Resources/resourceGroups"] = @"^[\w().-]{0,89}[\w()-]$",
        ["Microsoft.Storage/storageAccounts"] = "^[a-z0-9]{3,24}$",
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = "^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$",
        ["Microsoft.Storage/storageAccounts/queueServices/queues"] = "^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$",
        ["Microsoft.Web/serverfarms"] = "^[A-Za-z0-9-]{1,60}$",
        ["Microsoft.Web/sites"] = "^[A-Za-z0-9][A-Za-z0-9-]{0,58}[A-Za-z0-9]$",
    };

    /// <summary>Types whose names are not ours: fixed by Azure, made from ids, or those of zones.</summary>
    private static readonly HashSet<string> NotOurs =
    [
        "Microsoft.Authorization/locks",
        "Microsoft.Authorization/roleAssignments",
        "Microsoft.DurableTask/schedulers/retentionPolicies",
        "Microsoft.Insights/diagnosticSettings",
        "Microsoft.Network/privateDnsZones",
        "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        "Microsoft.Storage/storageAccounts/blobServices",
        "Microsoft.Storage/storageAccounts/managementPolicies",
        "Microsoft.Storage/storageAccounts/queueServices",
        "Microsoft.Web/sites/basicPublishingCredentialsPolicies",
        "Microsoft.Web/sites/config",
    ];

    /// <summary>Types that have no tags.</summary>
    private static readonly HashSet<string> Tagless =
    [
        "Microsoft.Authorization/locks",
        "Microsoft.Authorization/roleAssignments",
        "Microsoft.Consumption/budgets",
        "Microsoft.DurableTask/schedulers/retentionPolicies",
        "Microsoft.DurableTask/schedulers/taskHubs",
        "Microsoft.EventGrid/systemTopics/eventSubscriptions",
        "Microsoft.Insights/diagnosticSettings",
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        "Microsoft.OperationalInsights/queryPacks/queries",
        "Microsoft.Storage/storageAccounts/blobServices",
        "Microsoft.Storage/storageAccounts/blobServices/containers",
        "Microsoft.Storage/storageAccounts/managementPolicies",
        "Microsoft.Storage/storageAccounts/queueServices",
        "Microsoft.Storage/storageAccounts/queueServices/queues",
        "Microsoft.Web/sites/basicPublishingCredentialsPolicies",
        "Microsoft.Web/sites/config",
    ];

    public static IEnumerable<string> Refused(Deployment deployment) =>
        from resource in deployment.Resources
        where !NotOurs.Contains(resource.Type) && Patterns.ContainsKey(resource.Type)
        let name = resource.Name.Split('/')[^1]
        where !Regex.IsMatch(name, Patterns[resource.Type], RegexOptions.None, TimeSpan.FromSeconds(1))
        select $"{resource.Type} refuses the name {name}.";

    /// <summary>Types of which nobody has looked up what names they take.</summary>
    public static IEnumerable<string> Unknown(Deployment deployment) =>
        deployment.Resources.Select(resource => resource.Type).Distinct().Where(type => !NotOurs.Contains(type) && !Patterns.ContainsKey(type));

    public static IEnumerable<string> Untagged(Deployment deployment) =>
        deployment.Resources.Where(resource => !Tagless.Contains(resource.Type) && resource["tags.application"] is null).Select(resource => $"{resource.Type} {resource.Name} has no tags.");
}
