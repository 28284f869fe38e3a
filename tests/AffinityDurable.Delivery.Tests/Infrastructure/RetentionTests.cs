using System.Text.Json.Nodes;

namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>What is deleted by age, and what never is.</summary>
public sealed class RetentionTests
{
    public static TheoryData<string> Names => Deployments.Names;

    [BicepTheory, MemberData(nameof(Names))]
    public void Only_runs_their_index_and_undelivered_news_are_ever_deleted(string parameters)
    {
        var deleted = Rules(parameters).Where(rule => rule["definition"]!["actions"]!["baseBlob"] is not null).SelectMany(Prefixes).Distinct();

        Assert.Equal(["affinity-durable/index/", "affinity-durable/runs/", "arrivals-dead-letters/"], deleted.Order(StringComparer.Ordinal));
    }

    [BicepTheory, MemberData(nameof(Names))]
    public void What_state_points_to_stays_as_long_as_somebody_reads_it(string parameters)
    {
        var runs = Rules(parameters).Single(rule => Prefixes(rule).Contains("affinity-durable/runs/") && BlobTypes(rule).Contains("blockBlob") && rule["definition"]!["actions"]!["baseBlob"] is not null);

        Assert.Equal("daysAfterLastAccessTimeGreaterThan", Assert.Single(runs["definition"]!["actions"]!["baseBlob"]!["delete"]!.AsObject()).Key);
        Assert.Equal("true", Deployments.Of(parameters).Single("Microsoft.Storage/storageAccounts/blobServices").Text("properties.lastAccessTimeTrackingPolicy.enable"));
    }

    [BicepTheory]
    [InlineData("dev", 90)]
    [InlineData("prod", 400)]
    public void Runs_can_be_undone_until_their_time_is_over(string parameters, int days)
    {
        var ages = Rules(parameters)
            .Where(rule => Prefixes(rule).Any(prefix => prefix.StartsWith("affinity-durable/", StringComparison.Ordinal)))
            .Select(rule => rule["definition"]!["actions"]!["baseBlob"]?["delete"])
            .OfType<JsonObject>()
            .Select(delete => Assert.Single(delete).Value!.GetValue<int>());

        Assert.Equal([days, days, days], ages);
    }

    [BicepTheory, MemberData(nameof(Names))]
    public void Old_versions_go_and_the_package_that_runs_stays(string parameters)
    {
        var versions = Rules(parameters).Where(rule => rule["definition"]!["actions"]!["version"] is not null).ToList();

        Assert.Contains("app-package/", versions.SelectMany(Prefixes));
        Assert.All(versions, rule => Assert.Null(rule["definition"]!["actions"]!["baseBlob"]));
    }

    [BicepTheory, MemberData(nameof(Names))]
    public void Blobs_have_versions_and_blobs_and_containers_come_back_for_a_fortnight(string parameters)
    {
        var blobs = Deployments.Of(parameters).Single("Microsoft.Storage/storageAccounts/blobServices");

        Assert.Equal("true", blobs.Text("properties.isVersioningEnabled"));
        Assert.Equal("14", blobs.Text("properties.deleteRetentionPolicy.days"));
        Assert.Equal("14", blobs.Text("properties.containerDeleteRetentionPolicy.days"));
    }

    [BicepFact]
    public void The_scheduler_forgets_ended_histories() =>
        Assert.Equal(30, Deployments.Of("prod").Single("Microsoft.DurableTask/schedulers/retentionPolicies")["properties.retentionPolicies"]![0]!["retentionPeriodInDays"]!.GetValue<int>());

    private static IEnumerable<JsonObject> Rules(string parameters) =>
        Deployments.Of(parameters).Single("Microsoft.Storage/storageAccounts/managementPolicies")["properties.policy.rules"]!.AsArray().Select(rule => rule!.AsObject());

    private static IEnumerable<string> Prefixes(JsonObject rule) => rule["definition"]!["filters"]!["prefixMatch"]!.AsArray().Select(prefix => prefix!.GetValue<string>());

    private static IEnumerable<string> BlobTypes(JsonObject rule) => rule["definition"]!["filters"]!["blobTypes"]!.AsArray().Select(type => type!.GetValue<string>());
}
