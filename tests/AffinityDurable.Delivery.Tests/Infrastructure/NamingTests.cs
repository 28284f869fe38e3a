namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>Names and tags, for the shortest and the longest name of an environment too.</summary>
public sealed class NamingTests
{
    public static TheoryData<string> Names => Deployments.Names;

    [BicepTheory, MemberData(nameof(Names))]
    public void Names_are_such_as_Azure_takes(string parameters)
    {
        Assert.Empty(NamingRules.Unknown(Deployments.Of(parameters)));
        Assert.Empty(NamingRules.Refused(Deployments.Of(parameters)));
    }

    [BicepTheory, MemberData(nameof(Names))]
    public void Every_resource_is_tagged_where_its_type_has_tags(string parameters) => Assert.Empty(NamingRules.Untagged(Deployments.Of(parameters)));

    [BicepTheory]
    [InlineData("Microsoft.KeyVault/vaults", "kv-afdur-longest8-")]
    [InlineData("Microsoft.Storage/storageAccounts", "stafdurlongest8")]
    [InlineData("Microsoft.DurableTask/schedulers", "dts-affinity-durable-longest8-")]
    public void Names_that_are_unique_in_the_world_end_in_six_characters_of_the_subscription(string type, string beginning)
    {
        var name = Deployments.Of("everything").Single(type).Name;

        Assert.StartsWith(beginning, name, StringComparison.Ordinal);
        Assert.Equal(6, name.Length - beginning.Length);
    }

    [BicepFact]
    public void The_same_parameters_give_the_same_names() =>
        Assert.Equal(
            Deployments.Of("prod").Resources.Select(resource => resource.Id),
            Templates.Evaluate("again", Repository.Text("infra/prod.bicepparam").Replace("using 'main.bicep'", "", StringComparison.Ordinal)).Resources.Select(resource => resource.Id));

    [BicepTheory]
    [InlineData("d")]
    [InlineData("production")]
    public void An_environment_has_a_short_name(string name) =>
        Assert.Throws<InvalidOperationException>(() => Templates.Evaluate($"misnamed-{name}", $"param environmentName = '{name}'\n{Deployments.Required}"));
}
