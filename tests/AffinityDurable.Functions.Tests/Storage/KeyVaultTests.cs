using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Settings;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator;
using AffinityDurable.Sources.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Tests.Storage;

/// <summary>Secrets of a vault are settings, by the answers that the service gives.</summary>
public sealed class KeyVaultTests : IDisposable
{
    private readonly VaultStub vault = new(("Connections--warehouse--Password", "kanariesecret"), ("Affinity--ApiKey", "kanariekey"));

    public void Dispose() => vault.Dispose();

    [Fact]
    public void Secrets_are_settings_by_their_names()
    {
        var settings = Settings();

        Assert.Equal("kanariekey", settings["Affinity:ApiKey"]);
        Assert.Equal("kanariesecret", new SourceConnections(settings).Get("warehouse").RequireSecret("Password"));
    }

    [Fact]
    public void A_rotated_secret_is_found_by_a_refresh_also_behind_a_chain()
    {
        var settings = new ConfigurationBuilder().AddConfiguration(Settings()).Build();
        var connections = new SourceConnections(settings);
        vault.Secrets["Connections--warehouse--Password"] = "kanarienew";

        Assert.Equal("kanariesecret", connections.Get("warehouse").RequireSecret("Password"));
        Assert.Equal("kanarienew", connections.Get("warehouse", refresh: true).RequireSecret("Password"));
    }

    [Fact]
    public void A_vault_that_fails_at_a_refresh_leaves_what_is_known()
    {
        var settings = Settings();
        vault.Status = 403;

        SettingsReload.Reload(settings);

        Assert.Equal("kanariekey", settings["Affinity:ApiKey"]);
    }

    [Fact]
    public void A_vault_that_cannot_be_read_at_start_is_an_error_with_its_answer()
    {
        vault.Status = 403;

        var problem = Assert.Single(Assert.Throws<ProblemException>(Settings).Problems);

        Assert.Equal("AFF737", problem.Code);
        Assert.Contains("answered 403 (Forbidden)", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("http://acme.vault.azure.net")]
    public void An_address_that_is_none_is_an_error(string uri)
    {
        var named = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(KeyVaultSettings.UriKey, (string?)uri)]).Build();

        Assert.Equal("AFF737", Assert.Single(Assert.Throws<ProblemException>(() => new ConfigurationBuilder().AddKeyVaultSecrets(named)).Problems).Code);
    }

    [Fact]
    public async Task A_key_that_was_rotated_in_the_vault_is_read_again_once_and_then_known()
    {
        await using var affinity = await SimulatorServer.StartAsync(new SimulatorOptions(), new PortfolioWorld(1).Tenant);
        var log = new LogCapture();
        await using var services = Services(affinity, log);
        var client = services.GetRequiredService<AffinityClient>();
        var before = vault.Reads;
        vault.Secrets["Affinity--ApiKey"] = affinity.ApiKey;

        await client.WhoAmIAsync(CancellationToken.None);
        await client.WhoAmIAsync(CancellationToken.None);

        Assert.Equal(1, before);
        Assert.Equal(2, vault.Reads);
        Assert.Equal(3, affinity.Counters.Total);
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("kanariekey", StringComparison.Ordinal) || line.Text.Contains(affinity.ApiKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_is_refused_and_still_the_one_in_the_vault_costs_two_calls()
    {
        await using var affinity = await SimulatorServer.StartAsync(new SimulatorOptions(), new PortfolioWorld(1).Tenant);
        await using var services = Services(affinity, new LogCapture());

        var answer = await services.GetRequiredService<AffinityClient>().WhoAmIAsync(CancellationToken.None);

        Assert.Equal(FaultKind.Unauthenticated, answer.Fault!.Kind);
        Assert.Equal(2, vault.Reads);
        Assert.Equal(2, affinity.Counters.Total);
    }

    [Fact]
    public async Task Health_asks_for_names_and_for_no_secret()
    {
        await new KeyVaultProbe(vault.Client).EnsureReachableAsync(CancellationToken.None);

        Assert.Equal(0, vault.Reads);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(503)]
    [InlineData(VaultStub.Silent)]
    public async Task Health_says_that_the_vault_cannot_be_reached_and_nothing_else(int status)
    {
        vault.Status = status;

        var unreachable = await Assert.ThrowsAsync<ProblemException>(() => new KeyVaultProbe(vault.Client).EnsureReachableAsync(CancellationToken.None));

        Assert.Equal("Key Vault cannot be read now.", Assert.Single(unreachable.Problems).Message);
    }

    [Fact]
    public async Task Without_a_vault_its_health_is_no_question() =>
        await KeyVaultProbe.Of(new ConfigurationBuilder().Build()).EnsureReachableAsync(CancellationToken.None);

    [Fact]
    public void A_vault_that_is_silent_at_start_is_an_error_too()
    {
        vault.Status = VaultStub.Silent;

        var problem = Assert.Single(Assert.Throws<ProblemException>(Settings).Problems);

        Assert.Equal("AFF737", problem.Code);
        Assert.Contains("cannot be reached", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_vault_nothing_is_added() =>
        Assert.Empty(new ConfigurationBuilder().AddKeyVaultSecrets(new ConfigurationBuilder().Build()).Sources);

    private ServiceProvider Services(SimulatorServer affinity, LogCapture log)
    {
        var settings = new ConfigurationBuilder()
            .AddKeyVaultSecrets(vault.Client)
            .AddInMemoryCollection([KeyValuePair.Create("Affinity:BaseAddress", (string?)affinity.BaseAddress.ToString())])
            .Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(settings)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log))
            .AddAffinityDurable(settings)
            .BuildServiceProvider();
    }

    private IConfigurationRoot Settings() => new ConfigurationBuilder().AddKeyVaultSecrets(vault.Client).Build();
}
