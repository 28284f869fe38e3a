namespace AffinityDurable.Delivery.Tests.Infrastructure;

/// <summary>What holds in every environment, whatever is switched on.</summary>
public sealed class SecurityTests
{
    public static TheoryData<string> Names => Deployments.Names;

    [BicepTheory, MemberData(nameof(Names))]
    public void Storage_takes_no_account_keys(string parameters) => Assert.Empty(SecurityRules.SharedKeys(Deployments.Of(parameters)));

    [BicepTheory, MemberData(nameof(Names))]
    public void No_blob_is_public(string parameters) => Assert.Empty(SecurityRules.PublicBlobs(Deployments.Of(parameters)));

    [BicepTheory, MemberData(nameof(Names))]
    public void Connections_use_TLS_1_2_or_newer_and_nothing_is_taken_by_ftp(string parameters) => Assert.Empty(SecurityRules.PlainTransport(Deployments.Of(parameters)));

    [BicepTheory, MemberData(nameof(Names))]
    public void Code_is_deployed_without_a_password(string parameters) => Assert.Empty(SecurityRules.PasswordsOfPublishing(Deployments.Of(parameters)));

    [BicepTheory, MemberData(nameof(Names))]
    public void Telemetry_and_vault_take_identities_only(string parameters) => Assert.Empty(SecurityRules.LocalSignIns(Deployments.Of(parameters)));

    [BicepTheory, MemberData(nameof(Names))]
    public void Every_site_has_an_identity(string parameters) => Assert.Empty(SecurityRules.SitesWithoutIdentity(Deployments.Of(parameters)));

    [BicepTheory, MemberData(nameof(Names))]
    public void No_application_setting_is_a_secret(string parameters) => Assert.Empty(SecurityRules.SecretsInSettings(Deployments.Of(parameters)));

    [BicepTheory, MemberData(nameof(Names))]
    public void Deleted_secrets_can_be_brought_back(string parameters)
    {
        var vault = Deployments.Of(parameters).Single("Microsoft.KeyVault/vaults");

        Assert.Equal("true", vault.Text("properties.enablePurgeProtection"));
        Assert.Equal("true", vault.Text("properties.enableSoftDelete"));
        Assert.Equal("90", vault.Text("properties.softDeleteRetentionInDays"));
    }

    [BicepFact]
    public void No_template_reads_a_key() => Assert.Empty(SecurityRules.KeysThatAreRead(Templates.Compiled.GetRawText()));

    [BicepFact]
    public void Nothing_in_the_files_looks_like_a_secret() =>
        Assert.Empty(Templates.Sources.Append("azure.yaml").SelectMany(path => SecurityRules.SecretLiterals(Repository.Text(path))));

    [BicepFact]
    public void Production_is_private_and_cannot_be_deleted_by_mistake()
    {
        Assert.Empty(SecurityRules.OpenToTheInternet(Deployments.Of("prod")));
        Assert.Empty(SecurityRules.LeftUnlocked(Deployments.Of("prod")));
    }

    [BicepFact]
    public void Production_writes_nothing_before_somebody_says_so() => Assert.Equal("false", Deployments.Of("prod").Settings["Writes__Enabled"]);

    [BicepFact]
    public void A_secret_among_the_connections_is_refused_by_name()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Templates.Evaluate("secret", "param environmentName = 'dev'\n" + Deployments.Required + """
            param connections = { warehouse: { Host: 'db.example.com', password: 'not-a-real-one' } }
            """));

        Assert.Contains("Connections--warehouse--password", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-a-real-one", refusal.Message, StringComparison.Ordinal);
    }

    [BicepFact]
    public void The_simulated_Affinity_and_a_private_network_exclude_each_other()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Templates.Evaluate("both", "param environmentName = 'dev'\n" + Deployments.Required + """
            param simulatedAffinity = true
            param privateNetworking = true
            """));

        Assert.Contains("does not go with privateNetworking", refusal.Message, StringComparison.Ordinal);
    }
}
