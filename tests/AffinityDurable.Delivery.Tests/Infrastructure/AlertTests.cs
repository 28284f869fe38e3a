namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>Somebody hears of it: alerts and the budget are in every environment.</summary>
public sealed class AlertTests
{
    public static TheoryData<string> Names => Deployments.Names;

    [BicepFact]
    public void Test_has_the_alerts_that_production_has()
    {
        var production = Alerts("prod");

        Assert.NotEmpty(production);
        Assert.Equal(production, Alerts("dev"));
    }

    [BicepTheory, MemberData(nameof(Names))]
    public void The_budget_writes_before_it_is_spent(string parameters)
    {
        var budget = Deployments.Of(parameters).Single("Microsoft.Consumption/budgets");

        Assert.All(budget["properties.notifications"]!.AsObject(), notification => Assert.NotEmpty(notification.Value!["contactEmails"]!.AsArray()));
        Assert.Equal(80, budget["properties.notifications.mostIsSpent.threshold"]!.GetValue<int>());
    }

    [BicepTheory, MemberData(nameof(Names))]
    public void The_workspace_hears_who_reads_secrets_and_what_is_deleted(string parameters)
    {
        var settings = Deployments.Of(parameters).Of("Microsoft.Insights/diagnosticSettings").ToList();

        Assert.Contains(settings, setting => setting.Id.Contains("/vaults/", StringComparison.Ordinal) && setting["properties.logs"]![0]!["categoryGroup"]!.GetValue<string>() == "audit");
        Assert.Contains(settings, setting => setting.Id.Contains("/blobServices/", StringComparison.Ordinal)
            && setting["properties.logs"]!.AsArray().Any(log => log!["category"]!.GetValue<string>() == "StorageDelete" && log["enabled"]!.GetValue<bool>()));
    }

    private static IEnumerable<string> Alerts(string parameters) =>
        Deployments.Of(parameters).Of("Microsoft.Insights/scheduledQueryRules").Select(alert => alert.Name.Replace($"-{parameters}", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
