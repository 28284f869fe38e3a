using AffinityDurable.Core.Errors;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Functions.Storage;

/// <summary>Says whether Key Vault can be reached. It reads names of secrets, no secret, and says nothing about them.</summary>
/// <param name="client">Reaches the vault; null when the settings name none.</param>
public sealed class KeyVaultProbe(SecretClient? client)
{
    /// <summary>For the vault that the settings name.</summary>
    /// <exception cref="ProblemException">It is no address of a vault (AFF737).</exception>
    public static KeyVaultProbe Of(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new KeyVaultProbe(settings[KeyVaultSettings.UriKey] is { } uri && !string.IsNullOrWhiteSpace(uri) ? KeyVaultSecrets.ClientOf(uri) : null);
    }

    /// <summary>Nothing when the vault answers this identity, or when there is none. Whoever asks sets the time-out.</summary>
    /// <exception cref="ProblemException">It does not (AFF737).</exception>
    public async Task EnsureReachableAsync(CancellationToken cancellationToken)
    {
        if (client is null)
        {
            return;
        }

        try
        {
            await foreach (var _ in client.GetPropertiesOfSecretsAsync(cancellationToken).AsPages(pageSizeHint: 1))
            {
                return;
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && KeyVaultSecrets.IsFailure(exception))
        {
            throw KeyVaultSecrets.Unreadable("Key Vault cannot be read now.");
        }
    }
}
