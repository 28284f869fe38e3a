using AffinityDurable.Core.Errors;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Functions.Storage;

/// <summary>The enabled secrets of one vault, read when the settings are built and again when they are reloaded.</summary>
internal sealed class KeyVaultSecrets(SecretClient client) : ConfigurationProvider
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private bool isLoaded;

    /// <exception cref="ProblemException">It is no address of a vault (AFF737).</exception>
    public static SecretClient ClientOf(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out var vault) && vault.Scheme == Uri.UriSchemeHttps
        ? new SecretClient(vault, new DefaultAzureCredential(), new SecretClientOptions { Retry = { NetworkTimeout = Timeout, MaxRetries = 2 } })
        : throw Unreadable($"'{uri}' is not the address of a vault.");

    /// <summary>Whether the vault can be read now.</summary>
    /// <exception cref="ProblemException">It cannot (AFF737).</exception>
    public static async Task ProbeAsync(string uri, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in ClientOf(uri).GetPropertiesOfSecretsAsync(cancellationToken).AsPages(pageSizeHint: 1))
            {
                break;
            }
        }
        catch (Exception exception) when (exception is RequestFailedException or AuthenticationFailedException)
        {
            throw Unreadable("Key Vault cannot be read now.");
        }
    }

    /// <summary>A first read that fails is an error; a later one leaves what is known, and whoever asked meets the old secret's refusal.</summary>
    public override void Load()
    {
        try
        {
            Data = Read();
            isLoaded = true;
        }
        catch (Exception exception) when (exception is RequestFailedException or AuthenticationFailedException)
        {
            if (!isLoaded)
            {
                throw Unreadable(exception is RequestFailedException { Status: > 0 } failed
                    ? $"Key Vault {client.VaultUri} answered {failed.Status} ({failed.ErrorCode})."
                    : $"Key Vault {client.VaultUri} cannot be reached, or there is no identity for it.");
            }
        }
    }

    private Dictionary<string, string?> Read()
    {
        var secrets = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var properties in client.GetPropertiesOfSecrets())
        {
            if (properties.Enabled == true)
            {
                secrets[properties.Name.Replace("--", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)] = client.GetSecret(properties.Name).Value.Value;
            }
        }

        return secrets;
    }

    private static ProblemException Unreadable(string message) => new(Problem.Of(HostErrors.KeyVaultUnreadable, message));
}
