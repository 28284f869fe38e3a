using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Functions.Storage;

/// <summary>Secrets of a Key Vault as settings: the secret <c>Connections--warehouse--Password</c> is the setting <c>Connections:warehouse:Password</c>.</summary>
public static class KeyVaultSettings
{
    /// <summary>The setting that names the vault, such as <c>https://acme.vault.azure.net</c>.</summary>
    public const string UriKey = "KeyVault:Uri";

    /// <summary>Adds the vault that the settings name; nothing when they name none. Access goes by <see cref="DefaultAzureCredential"/>.</summary>
    /// <param name="builder">Takes the secrets; what is added later goes before them.</param>
    /// <param name="settings">The settings so far.</param>
    /// <exception cref="Core.Errors.ProblemException">The vault cannot be read, when the settings are built (AFF737).</exception>
    public static IConfigurationBuilder AddKeyVaultSecrets(this IConfigurationBuilder builder, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        return settings[UriKey] is { } uri && !string.IsNullOrWhiteSpace(uri)
            ? builder.AddKeyVaultSecrets(KeyVaultSecrets.ClientOf(uri))
            : builder;
    }

    /// <summary>Adds the vault of a client.</summary>
    /// <param name="builder">Takes the secrets; what is added later goes before them.</param>
    /// <param name="client">Reads the vault.</param>
    /// <exception cref="Core.Errors.ProblemException">The vault cannot be read, when the settings are built (AFF737).</exception>
    public static IConfigurationBuilder AddKeyVaultSecrets(this IConfigurationBuilder builder, SecretClient client)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new KeyVaultSource(client));
    }

    private sealed class KeyVaultSource(SecretClient client) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => new KeyVaultSecrets(client);
    }
}
