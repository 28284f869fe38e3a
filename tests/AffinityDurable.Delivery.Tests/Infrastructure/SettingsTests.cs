using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>Every setting that the program reads is set, and every one that is set is read.</summary>
public sealed partial class SettingsTests
{
    /// <summary>Secrets: in the vault and nowhere else.</summary>
    private static readonly string[] FromVault = ["Affinity__ApiKey", "Webhooks__Affinity__Token", "Webhooks__Affinity__PreviousToken", "Webhooks__Affinity__SignatureKey"];

    /// <summary>Settings that say nothing on Azure, and why.</summary>
    private static readonly Dictionary<string, string> OfEmbeddedHost = new()
    {
        ["Definitions__Directory"] = "definitions are in a container",
        ["Stores__Directory"] = "runs and state are in a container",
        ["Sources__AllowedRoots__0"] = "there is no disk with files of others",
        ["Arrivals__Folders__0"] = "there is no folder to watch",
    };

    /// <summary>Settings of the platform that Flex Consumption sets itself: they are for other plans and for <c>func start</c>.</summary>
    private static readonly string[] OfOtherPlans = ["FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION"];

    private static readonly string[] Sets = ["dev", "prod", "everything", "in-storage"];

    private static IReadOnlyList<string> Documented => [.. Rows(Repository.Text("docs/settings.md"))];

    private static IReadOnlyList<string> OfPlatform => [.. Rows(Repository.Text("docs/deployment.md")).Where(name => name.Contains('_', StringComparison.Ordinal)).Distinct()];

    private static IReadOnlyList<string> Given => [.. Sets.SelectMany(name => Deployments.Of(name).Settings.Keys).Distinct()];

    [BicepFact]
    public void Every_setting_of_the_program_is_set_by_the_template_or_belongs_elsewhere()
    {
        var missing = Documented
            .Where(setting => !Given.Any(given => Matches(setting, given)))
            .Except(FromVault).Except(OfEmbeddedHost.Keys)
            // As a setting of its own it is for the emulator; on Azure it is ArrivalsStorage__queueServiceUri.
            .Except(["ArrivalsStorage"]);

        Assert.Empty(missing);
    }

    [BicepFact]
    public void Every_setting_that_is_set_is_one_of_the_program_or_of_the_platform()
    {
        var unknown = Given.Where(given => !Documented.Concat(OfPlatform).Any(setting => Matches(setting, given)) && !given.StartsWith("Connections__", StringComparison.Ordinal));

        Assert.Empty(unknown);
    }

    [BicepFact]
    public void Every_setting_of_the_platform_that_the_page_names_is_set() =>
        Assert.Subset(Given.ToHashSet(), OfPlatform.Except(Documented).Except(OfOtherPlans).ToHashSet());

    [BicepFact]
    public void Lists_of_exceptions_name_settings_that_are_there()
    {
        Assert.All(FromVault.Concat(OfEmbeddedHost.Keys), setting => Assert.Contains(setting, Documented));
        Assert.All(FromVault.Concat(OfEmbeddedHost.Keys), setting => Assert.DoesNotContain(setting, Given));
    }

    [BicepFact]
    public void The_page_of_the_templates_names_every_secret_as_the_vault_has_it()
    {
        var page = Repository.Text("infra/README.md");

        Assert.All(FromVault, setting => Assert.Contains($"`{setting.Replace("__", "--", StringComparison.Ordinal)}`", page, StringComparison.Ordinal));
    }

    [BicepFact]
    public void Tuning_is_set_only_when_it_is_given()
    {
        Assert.All(Deployments.Tuning, setting => Assert.DoesNotContain(setting.Name, Deployments.Of("prod").Settings.Keys));
        Assert.All(Deployments.Tuning, setting => Assert.Contains(setting.Name, Deployments.Of("everything").Settings.Keys));
    }

    [BicepFact]
    public void Tuning_that_no_program_reads_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => Templates.Evaluate("mistyped", $"param environmentName = 'dev'\n{Deployments.Required}param tuning = {{ Affinity__MaxRetry: 3 }}"));

    [BicepFact]
    public void Flex_Consumption_gets_none_of_the_settings_that_it_sets_itself()
    {
        string[] its = [.. OfOtherPlans, "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENTSHARE", "WEBSITE_TIME_ZONE", "AzureWebJobsStorage"];

        Assert.Empty(Given.Intersect(its));
    }

    [BicepFact]
    public void The_templates_know_every_key_of_a_connection_that_the_program_takes_for_a_secret()
    {
        var read = Repository.Paths("src/AffinityDurable.Sources", "*.cs").SelectMany(path => SecretKey().Matches(Repository.Text(path))).Select(match => match.Groups["name"].Value).Distinct();
        var refused = QuotedName().Matches(Repository.Text("infra/modules/settings.bicep")).Select(match => match.Groups["name"].Value);

        Assert.Equal(read.Order(StringComparer.Ordinal), refused.Order(StringComparer.Ordinal));
    }

    [BicepFact]
    public void Containers_and_queue_of_the_settings_are_made()
    {
        foreach (var deployment in Sets.Select(Deployments.Of))
        {
            var containers = deployment.Of("Microsoft.Storage/storageAccounts/blobServices/containers").Select(container => container.Name.Split('/')[^1]);
            var queues = deployment.Of("Microsoft.Storage/storageAccounts/queueServices/queues").Select(queue => queue.Name.Split('/')[^1]).ToList();

            Assert.All((string[])["Stores__BlobUri", "Definitions__BlobUri"], setting => Assert.Contains(containers, name => deployment.Settings[setting].EndsWith($"'{name}')]", StringComparison.Ordinal)));
            Assert.Contains(deployment.Settings["Arrivals__Queue"], queues);
            Assert.Contains($"{deployment.Settings["Arrivals__Queue"]}-poison", queues);
        }
    }

    [BicepFact]
    public void What_overrides_the_host_is_right_for_its_file()
    {
        var host = JsonNode.Parse(Repository.Text("host.json"))!;
        var production = Deployments.Of("prod").Settings;

        Assert.Equal("%TASKHUB_NAME%", host["extensions"]!["durableTask"]!["hubName"]!.GetValue<string>());
        Assert.Equal("base64", host["extensions"]!["queues"]!["messageEncoding"]!.GetValue<string>());
        Assert.All(Sets, name => Assert.Matches("^[A-Za-z][A-Za-z0-9]{2,44}$", Deployments.Of(name).Settings["TASKHUB_NAME"]));
        Assert.NotNull(host["extensions"]!["durableTask"]!["storageProvider"]);
        Assert.Equal("azureManaged", production["AzureFunctionsJobHost__extensions__durableTask__storageProvider__type"]);
        Assert.Contains(production["AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName"], production.Keys);
        Assert.DoesNotContain(Deployments.Of("in-storage").Settings.Keys, name => name.StartsWith("AzureFunctionsJobHost__", StringComparison.Ordinal));
        Assert.Equal($"{Deployments.Of("prod").Single("Microsoft.DurableTask/schedulers").Name}/{production["TASKHUB_NAME"]}", Deployments.Of("prod").Single("Microsoft.DurableTask/schedulers/taskHubs").Name);
    }

    private static bool Matches(string setting, string given) =>
        Regex.IsMatch(given, $"^{NameOfOnesOwn().Replace(Regex.Escape(setting), "[A-Za-z0-9]+").Replace("__0", "__[0-9]+", StringComparison.Ordinal)}$", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static IEnumerable<string> Rows(string page) => Row().Matches(page).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^\| `(?<name>[\w<>]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("<[a-z]+>")]
    private static partial Regex NameOfOnesOwn();

    [GeneratedRegex("""(Find|Require)Secret\("(?<name>\w+)"\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex SecretKey();

    [GeneratedRegex("^  '(?<name>[A-Z][A-Za-z]+)'$", RegexOptions.Multiline)]
    private static partial Regex QuotedName();
}
