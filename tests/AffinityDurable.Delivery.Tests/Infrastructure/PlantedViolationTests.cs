using System.Text.Json.Nodes;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>Rules that find nothing could be rules that look at nothing: each is shown something to find.</summary>
public sealed class PlantedViolationTests
{
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string Vault = "Microsoft.KeyVault/vaults";

    [BicepFact]
    public void Account_keys_are_found() => Finds(SecurityRules.SharedKeys, Storage, "properties.allowSharedKeyAccess", true);

    [BicepFact]
    public void A_forgotten_switch_is_found() => Finds(SecurityRules.SharedKeys, Storage, "properties.allowSharedKeyAccess", null);

    [BicepFact]
    public void Public_blobs_are_found()
    {
        Finds(SecurityRules.PublicBlobs, Storage, "properties.allowBlobPublicAccess", true);
        Finds(SecurityRules.PublicBlobs, $"{Storage}/blobServices/containers", "properties.publicAccess", "Blob");
    }

    [BicepFact]
    public void Plain_transport_is_found()
    {
        Finds(SecurityRules.PlainTransport, Storage, "properties.minimumTlsVersion", "TLS1_0");
        Finds(SecurityRules.PlainTransport, "Microsoft.Web/sites", "properties.httpsOnly", false);
        Finds(SecurityRules.PlainTransport, "Microsoft.Web/sites", "properties.siteConfig.ftpsState", "AllAllowed");
    }

    [BicepFact]
    public void Passwords_are_found() => Finds(SecurityRules.PasswordsOfPublishing, "Microsoft.Web/sites/basicPublishingCredentialsPolicies", "properties.allow", true);

    [BicepFact]
    public void Local_sign_ins_are_found()
    {
        Finds(SecurityRules.LocalSignIns, "Microsoft.Insights/components", "properties.DisableLocalAuth", false);
        Finds(SecurityRules.LocalSignIns, Vault, "properties.enableRbacAuthorization", false);
        Finds(SecurityRules.LocalSignIns, Vault, "properties.accessPolicies", new JsonArray());
    }

    [BicepFact]
    public void A_site_without_identity_is_found() => Finds(SecurityRules.SitesWithoutIdentity, "Microsoft.Web/sites", "identity", null);

    [BicepTheory]
    [InlineData("Connections__warehouse__Password", "hunter2")]
    [InlineData("Anything", "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=abc")]
    public void A_secret_among_the_settings_is_found(string name, string value)
    {
        var planted = Deployments.Of("prod").With(copy => copy.App["properties.siteConfig.appSettings"]!.AsArray().Add(new JsonObject { ["name"] = name, ["value"] = value }));

        Assert.Single(SecurityRules.SecretsInSettings(planted));
    }

    [BicepFact]
    public void An_open_door_and_a_missing_lock_are_found()
    {
        Finds(SecurityRules.OpenToTheInternet, Vault, "properties.networkAcls.defaultAction", "Allow");
        Finds(SecurityRules.OpenToTheInternet, "Microsoft.DurableTask/schedulers", "properties.publicNetworkAccess", "Enabled");
        Finds(SecurityRules.LeftUnlocked, "Microsoft.Authorization/locks", "properties.level", "ReadOnly");
    }

    [BicepFact]
    public void An_untagged_resource_is_found() => Finds(NamingRules.Untagged, Vault, "tags", null);

    [BicepFact]
    public void A_name_that_Azure_refuses_is_found() => Finds(NamingRules.Refused, Storage, "name", "st-afdur");

    [Theory]
    [InlineData("[listKeys(resourceId('Microsoft.Storage/storageAccounts', 'x'), '2025-06-01').keys[0].value]")]
    [InlineData("[listSecrets('x', '1')]")]
    public void A_key_that_is_read_is_found(string expression) => Assert.Single(SecurityRules.KeysThatAreRead(expression));

    [Theory]
    [InlineData("password: 'correct-horse-battery'")]
    [InlineData("AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("https://acme.blob.core.windows.net/x?sv=1&sig=abc")]
    public void A_secret_in_a_file_is_found(string text) => Assert.NotEmpty(SecurityRules.SecretLiterals(text));

    /// <summary>Breaks the first resource of a type, where nothing was to be found before.</summary>
    private static void Finds(Func<Deployment, IEnumerable<string>> rule, string type, string path, JsonNode? value)
    {
        Assert.Empty(rule(Deployments.Of("prod")));
        var planted = Deployments.Of("prod").With(copy => copy.Of(type).First().Set(path, value));

        Assert.NotEmpty(rule(planted));
    }
}
