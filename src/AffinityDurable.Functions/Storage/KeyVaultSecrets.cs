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

    /// <summary>Whether an exception means that the vault cannot be read: refused, silent, or without an identity that it knows.</summary>
    public static bool IsFailure(Exception exception) => exception is RequestFailedException or AuthenticationFailedException or AggregateException or TaskCanceledException;

    /// <summary>A first read that fails is an error; a later one leaves what is known, and whoever asked meets the old secret's refusal.</summary>
    public override void Load()
    {
        try
        {
            Data = Read();
            isLoaded = true;
        }
        catch (Exception exception) when (IsFailure(exception))
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

    /// <summary>What the vault says may quote a secret; the message holds its status and code alone.</summary>
    public static ProblemException Unreadable(string message) => new(Problem.Of(HostErrors.KeyVaultUnreadable, message));
}
