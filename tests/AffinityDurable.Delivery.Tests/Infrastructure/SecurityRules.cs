using System.Text.RegularExpressions;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>What no deployment may do, as functions: each gives what breaks it, so that tests can show that it finds something.</summary>
internal static partial class SecurityRules
{
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string Sites = "Microsoft.Web/sites";

    public static IEnumerable<string> SharedKeys(Deployment deployment) =>
        deployment.Of(Storage)
            .Where(account => account.Text("properties.allowSharedKeyAccess") != "false" || account.Text("properties.defaultToOAuthAuthentication") != "true")
            .Select(account => $"{account.Name} takes account keys.");

    public static IEnumerable<string> PublicBlobs(Deployment deployment) =>
        deployment.Of(Storage).Where(account => account.Text("properties.allowBlobPublicAccess") != "false").Select(account => $"{account.Name} may have public containers.")
            .Concat(deployment.Of($"{Storage}/blobServices/containers")
                .Where(container => container.Text("properties.publicAccess") != "None")
                .Select(container => $"{container.Name} is public."));

    public static IEnumerable<string> PlainTransport(Deployment deployment) =>
        deployment.Of(Storage)
            .Where(account => account.Text("properties.minimumTlsVersion") != "TLS1_2" || account.Text("properties.supportsHttpsTrafficOnly") != "true")
            .Concat(deployment.Of(Sites).Where(site =>
                site.Text("properties.httpsOnly") != "true"
                || site.Text("properties.siteConfig.ftpsState") != "Disabled"
                || site.Text("properties.siteConfig.minTlsVersion") is not ("1.2" or "1.3")
                || site.Text("properties.siteConfig.scmMinTlsVersion") is not ("1.2" or "1.3")))
            .Select(resource => $"{resource.Name} takes plain or old connections.");

    public static IEnumerable<string> PasswordsOfPublishing(Deployment deployment) =>
        from site in deployment.Of(Sites)
        from door in (string[])["ftp", "scm"]
        where !deployment.Of($"{Sites}/basicPublishingCredentialsPolicies")
            .Any(policy => policy.Name == $"{site.Name}/{door}" && policy.Text("properties.allow") == "false")
        select $"{site.Name} takes a password at {door}.";

    public static IEnumerable<string> LocalSignIns(Deployment deployment) =>
        deployment.Of("Microsoft.Insights/components").Where(resource => resource.Text("properties.DisableLocalAuth") != "true")
            .Concat(deployment.Of("Microsoft.OperationalInsights/workspaces").Where(resource => resource.Text("properties.features.disableLocalAuth") != "true"))
            .Concat(deployment.Of("Microsoft.KeyVault/vaults").Where(resource => resource.Text("properties.enableRbacAuthorization") != "true" || resource["properties.accessPolicies"] is not null))
            .Select(resource => $"{resource.Name} admits somebody without a role.");

    public static IEnumerable<string> SitesWithoutIdentity(Deployment deployment) =>
        deployment.Of(Sites).Where(site => site.Text("identity.type") is not ("UserAssigned" or "SystemAssigned")).Select(site => $"{site.Name} has no identity.");

    public static IEnumerable<string> SecretsInSettings(Deployment deployment) =>
        from site in deployment.Of(Sites)
        from setting in site["properties.siteConfig.appSettings"]!.AsArray()
        let name = setting!["name"]!.GetValue<string>()
        let value = setting!["value"]!.GetValue<string>()
        where !value.StartsWith("@Microsoft.KeyVault(", StringComparison.Ordinal) && (NameOfSecret().IsMatch(name) || PartOfSecret().IsMatch(value))
        select $"{site.Name} has what looks like a secret in {name}.";

    public static IEnumerable<string> LeftUnlocked(Deployment deployment) =>
        from resource in deployment.Of(Storage).Concat(deployment.Of("Microsoft.KeyVault/vaults"))
        where !deployment.Of("Microsoft.Authorization/locks").Any(guard =>
            guard.Id.StartsWith($"{resource.Id}/", StringComparison.Ordinal) && guard.Text("properties.level") == "CanNotDelete")
        select $"{resource.Name} can be deleted.";

    public static IEnumerable<string> OpenToTheInternet(Deployment deployment) =>
        deployment.Of(Storage).Concat(deployment.Of("Microsoft.KeyVault/vaults")).Where(resource => resource.Text("properties.networkAcls.defaultAction") != "Deny")
            .Concat(deployment.Of("Microsoft.DurableTask/schedulers").Where(scheduler => scheduler.Text("properties.publicNetworkAccess") != "Disabled"))
            .Select(resource => $"{resource.Name} is reached from the internet.");

    /// <summary>Functions of templates that hand out keys.</summary>
    public static IEnumerable<string> KeysThatAreRead(string template) => ListFunction().Matches(template).Select(match => $"{match.Value}…) reads keys.");

    /// <summary>What no file may hold.</summary>
    public static IEnumerable<string> SecretLiterals(string text) => SecretLiteral().Matches(text).Select(match => $"{match.Value} looks like a secret.");

    [GeneratedRegex("(?i)(password|secret|token|apikey|privatekey|accountkey)$")]
    private static partial Regex NameOfSecret();

    [GeneratedRegex("(?i)(AccountKey|SharedAccessKey|SharedAccessSignature|Password|pwd|sig)=")]
    private static partial Regex PartOfSecret();

    [GeneratedRegex(@"(?i)\blist\w*\(")]
    private static partial Regex ListFunction();

    [GeneratedRegex(@"(?i)(AccountKey|SharedAccessKey|Password|pwd|client_secret)\s*[=:]\s*['""]?[\w+/=-]{8,}|-----BEGIN|\beyJ[\w-]{10,}\.|\b[A-Za-z0-9+/]{60,}={0,2}(?![\w/])|[?&]sig=")]
    private static partial Regex SecretLiteral();
}
