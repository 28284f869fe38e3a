namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>What private networking switches, and what it does not.</summary>
public sealed class NetworkTests
{
    [BicepFact]
    public void Everything_with_data_has_a_private_endpoint_and_a_zone()
    {
        var production = Deployments.Of("prod");

        Assert.Equal(["blob", "queue", "scheduler", "table", "vault"], production.Of("Microsoft.Network/privateEndpoints").Select(Part).Order(StringComparer.Ordinal));
        Assert.Equal(5, production.Of("Microsoft.Network/privateDnsZones").Count());
        Assert.Equal(5, production.Of("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count());
        Assert.Equal(5, production.Of("Microsoft.Network/privateEndpoints/privateDnsZoneGroups").Count());
    }

    [BicepFact]
    public void Calls_leave_by_one_fixed_address_that_the_deployment_tells()
    {
        var production = Deployments.Of("prod");
        var address = production.Single("Microsoft.Network/publicIPAddresses");
        var subnets = production.Single("Microsoft.Network/virtualNetworks")["properties.subnets"]!.AsArray();

        Assert.Equal("Static", address.Text("properties.publicIPAllocationMethod"));
        Assert.Equal("Standard", address.Text("sku.name"));
        Assert.Equal(address.Id, production.Single("Microsoft.Network/natGateways")["properties.publicIpAddresses"]![0]!["id"]!.GetValue<string>());
        Assert.Contains("/natGateways/nat-affinity-durable-prod", subnets[0]!["properties"]!["natGateway"]!["id"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(address.Id, production.Outputs["OUTBOUND_IP_ADDRESS"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("/virtualNetworks/vnet-affinity-durable-prod", production.App.Text("properties.virtualNetworkSubnetId"), StringComparison.Ordinal);
    }

    [BicepFact]
    public void Subnets_have_rules_and_no_other_way_out()
    {
        var subnets = Deployments.Of("prod").Single("Microsoft.Network/virtualNetworks")["properties.subnets"]!.AsArray();

        Assert.Equal("Microsoft.App/environments", subnets[0]!["properties"]!["delegations"]![0]!["properties"]!["serviceName"]!.GetValue<string>());
        Assert.All(subnets, subnet =>
        {
            Assert.NotNull(subnet!["properties"]!["networkSecurityGroup"]);
            Assert.False(subnet["properties"]!["defaultOutboundAccess"]!.GetValue<bool>());
        });
    }

    [BicepFact]
    public void Event_Grid_is_let_through_the_firewall_of_the_account() =>
        Assert.Equal("AzureServices", Deployments.Of("prod").Single("Microsoft.Storage/storageAccounts").Text("properties.networkAcls.bypass"));

    [BicepFact]
    public void Only_allowed_addresses_reach_storage_and_vault_from_outside()
    {
        Assert.Empty(Deployments.Of("prod").Single("Microsoft.Storage/storageAccounts")["properties.networkAcls.ipRules"]!.AsArray());
        Assert.Equal("Disabled", Deployments.Of("prod").Single("Microsoft.KeyVault/vaults").Text("properties.publicNetworkAccess"));
        Assert.Equal("203.0.113.7", Deployments.Of("everything").Single("Microsoft.Storage/storageAccounts")["properties.networkAcls.ipRules"]![0]!["value"]!.GetValue<string>());
        Assert.Equal("203.0.113.7", Deployments.Of("everything").Single("Microsoft.KeyVault/vaults")["properties.networkAcls.ipRules"]![0]!["value"]!.GetValue<string>());
    }

    [BicepFact]
    public void Callers_can_be_kept_to_ranges()
    {
        var app = Deployments.Of("everything").App;

        Assert.Equal("Deny", app.Text("properties.siteConfig.ipSecurityRestrictionsDefaultAction"));
        Assert.Equal("203.0.113.0/24", app["properties.siteConfig.ipSecurityRestrictions"]![0]!["ipAddress"]!.GetValue<string>());
        Assert.Equal("Allow", Deployments.Of("prod").App.Text("properties.siteConfig.ipSecurityRestrictionsDefaultAction"));
    }

    [BicepFact]
    public void Without_it_there_is_no_network() => Assert.DoesNotContain(Deployments.Of("dev").Resources, resource => resource.Type.StartsWith("Microsoft.Network/", StringComparison.Ordinal));

    private static string Part(Resource endpoint) => endpoint["properties.privateLinkServiceConnections"]![0]!["properties"]!["groupIds"]![0]!.GetValue<string>();
}
