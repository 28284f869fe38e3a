using System.Text.RegularExpressions;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>Who may do what, role by role. A new role is a new line here, or a failure.</summary>
public sealed partial class RoleTests
{
    /// <summary>Built-in roles by their ids, which are the same everywhere.</summary>
    private static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["43d0d8ad-25c7-4714-9337-8ba259a9fe05"] = "Monitoring Reader",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = "Storage Blob Data Reader",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["8a0f0c08-91a1-4084-bc3d-661d67233fed"] = "Storage Queue Data Message Processor",
        ["c6a89b2d-59bc-44d0-9896-0f6e12d7b80a"] = "Storage Queue Data Message Sender",
        ["19e7f393-937e-4f77-808e-94535e297925"] = "Storage Queue Data Reader",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["de139f84-1756-47ae-9be6-808fbbe84772"] = "Website Contributor",
    };

    private static readonly string[] OfApp =
    [
        "app: Key Vault Secrets User on vault",
        "app: Monitoring Metrics Publisher on application insights",
        "app: Storage Blob Data Contributor on container affinity-durable",
        "app: Storage Blob Data Contributor on container app-package",
        "app: Storage Blob Data Owner on container azure-webjobs-hosts",
        "app: Storage Blob Data Owner on container azure-webjobs-secrets",
        "app: Storage Blob Data Reader on container affinity-durable-syncs",
        "app: Storage Blob Data Reader on container exports",
        "app: Storage Queue Data Message Processor on queue arrivals",
        "app: Storage Queue Data Message Sender on queue arrivals-poison",
        "app: Storage Queue Data Reader on queue arrivals",
    ];

    private static readonly string[] OfEventGrid =
    [
        "event grid: Storage Blob Data Contributor on container arrivals-dead-letters",
        "event grid: Storage Queue Data Message Sender on queue arrivals",
    ];

    [BicepFact]
    public void Production_gives_these_roles_and_no_others() =>
        Holds(Deployments.Of("prod"), [.. OfApp, "app: Durable Task Data Contributor on hub", .. OfEventGrid]);

    [BicepFact]
    public void Operators_and_publishers_get_theirs() =>
        Holds(
            Deployments.Of("everything"),
            [
                .. OfApp,
                "app: Durable Task Data Contributor on hub",
                .. OfEventGrid,
                "operator: Key Vault Secrets Officer on vault",
                "publisher: Monitoring Reader on group",
                "publisher: Storage Blob Data Contributor on container affinity-durable-syncs",
                "publisher: Website Contributor on site func-affinity-durable",
            ]);

    [BicepFact]
    public void A_hub_in_storage_has_containers_of_its_own_and_queues_and_tables_of_the_account() =>
        Holds(
            Deployments.Of("in-storage"),
            [
                .. OfApp,
                "app: Storage Blob Data Contributor on container affinitydurableq1-applease",
                "app: Storage Blob Data Contributor on container affinitydurableq1-largemessages",
                "app: Storage Blob Data Contributor on container affinitydurableq1-leases",
                "app: Storage Queue Data Contributor on account",
                "app: Storage Table Data Contributor on account",
                .. OfEventGrid,
                "simulator: Key Vault Secrets User on vault",
            ]);

    [BicepFact]
    public void No_role_is_broader_than_data_or_deployment()
    {
        string[] broad = ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "b24988ac-6180-42a0-ab88-20f7382dd24c", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "f58310d9-a9f6-439a-9e8d-f62e7b41a168"];

        Assert.DoesNotContain(broad, id => Templates.Compiled.GetRawText().Contains(id, StringComparison.OrdinalIgnoreCase));
        Assert.All(Deployments.All.SelectMany(Assignments), assignment => Assert.Contains(RoleId(assignment), BuiltIn.Keys));
    }

    [BicepFact]
    public void Every_assignment_says_what_its_principal_is_and_is_named_by_what_it_is_about()
    {
        Assert.All(Deployments.All.SelectMany(Assignments), assignment =>
        {
            Assert.Contains(assignment.Text("properties.principalType"), new[] { "Group", "ServicePrincipal", "User" });
            Assert.True(Guid.TryParse(assignment.Name, out _), assignment.Name);
        });
    }

    [BicepFact]
    public void The_ids_stand_in_one_file()
    {
        var elsewhere = Repository.Paths("infra", "*.bicep").Where(path => path != "infra/modules/roles.bicep");

        Assert.All(elsewhere, path => Assert.DoesNotMatch(@"'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'", Repository.Text(path)));
        Assert.All(BuiltIn.Keys, id => Assert.Contains(id, Repository.Text("infra/modules/roles.bicep"), StringComparison.Ordinal));
    }

    private static void Holds(Deployment deployment, string[] expected) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), Assignments(deployment).Select(Sentence).Order(StringComparer.Ordinal));

    private static IEnumerable<Resource> Assignments(Deployment deployment) => deployment.Of("Microsoft.Authorization/roleAssignments");

    private static string Sentence(Resource assignment) =>
        $"{Principal(assignment.Text("properties.principalId")!)}: {BuiltIn.GetValueOrDefault(RoleId(assignment), RoleId(assignment))} on {Scope(assignment.Id)}";

    private static string RoleId(Resource assignment) => assignment.Text("properties.roleDefinitionId")!.Split('/')[^1];

    private static string Principal(string id) => id switch
    {
        Deployments.Operator => "operator",
        Deployments.Publisher => "publisher",
        _ when id.Contains("/userAssignedIdentities/id-affinity-durable-", StringComparison.Ordinal) => "app",
        _ when id.Contains("/systemTopics/evgt-affinity-durable-", StringComparison.Ordinal) => "event grid",
        _ when id.Contains("/sites/app-affinity-simulator-", StringComparison.Ordinal) => "simulator",
        _ => id,
    };

    /// <summary>The end of a scope, as people say it.</summary>
    private static string Scope(string id)
    {
        var scope = id[..id.LastIndexOf("/providers/Microsoft.Authorization/", StringComparison.Ordinal)];
        var (kind, name) = (scope.Split('/')[^2], scope.Split('/')[^1]);
        return kind switch
        {
            "containers" => $"container {name}",
            "queues" => $"queue {name}",
            "storageAccounts" => "account",
            "vaults" => "vault",
            "components" => "application insights",
            "taskHubs" => "hub",
            "resourceGroups" => "group",
            "sites" => $"site {EnvironmentAndSuffix().Replace(name, "")}",
            _ => scope,
        };
    }

    [GeneratedRegex("-[a-z0-9]+-[a-z0-9]{6}$")]
    private static partial Regex EnvironmentAndSuffix();
}
