using System.Text.Json.Nodes;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>The app on Flex Consumption, who signs in, and how it hears of files.</summary>
public sealed class FunctionAppTests
{
    public static TheoryData<string> Names => Deployments.Names;

    [BicepTheory, MemberData(nameof(Names))]
    public void It_runs_as_the_project_is_built_and_keeps_one_instance_ready(string parameters)
    {
        var app = Deployments.Of(parameters).App;
        var scale = app["properties.functionAppConfig.scaleAndConcurrency"]!;

        Assert.Contains("<TargetFramework>net10.0</TargetFramework>", Repository.Text("Directory.Build.props"), StringComparison.Ordinal);
        Assert.Equal(("dotnet-isolated", "10.0"), (app.Text("properties.functionAppConfig.runtime.name"), app.Text("properties.functionAppConfig.runtime.version")));
        Assert.InRange(scale["maximumInstanceCount"]!.GetValue<int>(), 1, 3);
        Assert.Equal(("durable", 1), (scale["alwaysReady"]![0]!["name"]!.GetValue<string>(), scale["alwaysReady"]![0]!["instanceCount"]!.GetValue<int>()));
    }

    [BicepTheory, MemberData(nameof(Names))]
    public void It_and_its_package_are_reached_with_its_own_identity(string parameters)
    {
        var app = Deployments.Of(parameters).App;
        var identity = Deployments.Of(parameters).Single("Microsoft.ManagedIdentity/userAssignedIdentities").Id;

        Assert.Equal("UserAssigned", app.Text("identity.type"));
        Assert.Equal(identity, Assert.Single(app["identity.userAssignedIdentities"]!.AsObject()).Key);
        Assert.Equal("UserAssignedIdentity", app.Text("properties.functionAppConfig.deployment.storage.authentication.type"));
        Assert.Equal(identity, app.Text("properties.functionAppConfig.deployment.storage.authentication.userAssignedIdentityResourceId"));
    }

    [BicepFact]
    public void With_keys_requests_without_a_sign_in_reach_the_app_which_decides()
    {
        var validation = SignIn("everything")["properties.globalValidation"]!;

        Assert.Equal("AllowAnonymous", validation["unauthenticatedClientAction"]!.GetValue<string>());
        Assert.False(validation["requireAuthentication"]!.GetValue<bool>());
    }

    [BicepFact]
    public void Without_keys_nothing_unsigned_reaches_it_but_the_webhook_and_probes()
    {
        var validation = SignIn("prod")["properties.globalValidation"]!;

        Assert.Equal("Return401", validation["unauthenticatedClientAction"]!.GetValue<string>());
        Assert.True(validation["requireAuthentication"]!.GetValue<bool>());
        Assert.Equal(["/api/webhooks/*", "/api/health", "/api/health/*"], validation["excludedPaths"]!.AsArray().Select(path => path!.GetValue<string>()));
    }

    [BicepFact]
    public void Excluded_paths_are_routes_of_the_API()
    {
        var document = JsonNode.Parse(Repository.Text("docs/openapi.json"))!["paths"]!.AsObject();

        foreach (var path in SignIn("prod")["properties.globalValidation.excludedPaths"]!.AsArray().Select(path => path!.GetValue<string>()))
        {
            var routes = document.Where(route => path.EndsWith('*') ? $"/api{route.Key}".StartsWith(path[..^1], StringComparison.Ordinal) || route.Key.StartsWith(path[..^1], StringComparison.Ordinal) : route.Key == path || $"/api{route.Key}" == path).ToList();
            Assert.NotEmpty(routes);
        }
    }

    [BicepFact]
    public void People_of_one_tenant_sign_in_and_the_app_knows_which()
    {
        var settings = Deployments.Of("everything").Settings;

        Assert.Equal("true", settings["Access__Entra__Enabled"]);
        Assert.Equal("00000000-0000-0000-0000-000000000003", settings["Access__Entra__TenantId"]);
        Assert.Contains("00000000-0000-0000-0000-000000000003", SignIn("everything").Text("properties.identityProviders.azureActiveDirectory.registration.openIdIssuer"), StringComparison.Ordinal);
        Assert.Equal("more-readers", settings["Access__Roles__Reader__1"]);
    }

    [BicepFact]
    public void Without_a_registration_nobody_signs_in()
    {
        Assert.Empty(Deployments.Of("dev").Of("Microsoft.Web/sites/config"));
        Assert.Equal("false", Deployments.Of("dev").Settings["Access__Entra__Enabled"]);
    }

    [BicepTheory, MemberData(nameof(Names))]
    public void News_of_whole_files_in_exports_come_into_its_queue_with_the_identity_of_the_topic(string parameters)
    {
        var deployment = Deployments.Of(parameters);
        var subscription = deployment.Single("Microsoft.EventGrid/systemTopics/eventSubscriptions");

        Assert.Null(subscription["properties.destination"]);
        Assert.Equal("SystemAssigned", subscription.Text("properties.deliveryWithResourceIdentity.identity.type"));
        Assert.Equal("StorageQueue", subscription.Text("properties.deliveryWithResourceIdentity.destination.endpointType"));
        Assert.Equal(deployment.Settings["Arrivals__Queue"], subscription.Text("properties.deliveryWithResourceIdentity.destination.properties.queueName"));
        Assert.Equal("/blobServices/default/containers/exports/", subscription.Text("properties.filter.subjectBeginsWith"));
        Assert.Equal("Microsoft.Storage.BlobCreated", Assert.Single(subscription["properties.filter.includedEventTypes"]!.AsArray())!.GetValue<string>());
        Assert.Equal("arrivals-dead-letters", subscription.Text("properties.deadLetterWithResourceIdentity.deadLetterDestination.properties.blobContainerName"));
    }

    [BicepFact]
    public void The_simulated_Affinity_is_what_the_app_talks_to_in_test_and_never_in_production()
    {
        var simulator = Assert.Single(Deployments.Of("dev").Of("Microsoft.Web/sites"), site => site.Name == Deployments.Of("dev").Outputs["SIMULATED_AFFINITY_NAME"]!.GetValue<string>());

        Assert.Contains(simulator.Id, Deployments.Of("dev").Settings["Affinity__BaseAddress"], StringComparison.Ordinal);
        Assert.Equal("./affinity-durable simulator --listen 0.0.0.0 --port 8080 --demo", simulator.Text("properties.siteConfig.appCommandLine"));
        Assert.Equal("https://api.affinity.co", Deployments.Of("prod").Settings["Affinity__BaseAddress"]);
        Assert.Equal("", Deployments.Of("prod").Outputs["SIMULATED_AFFINITY_NAME"]!.GetValue<string>());
    }

    private static Resource SignIn(string parameters) => Deployments.Of(parameters).Single("Microsoft.Web/sites/config");
}
