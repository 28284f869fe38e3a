using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Functions.Storage;

/// <summary>Says whether Key Vault can be reached. It reads names of secrets, no secret, and says nothing about them.</summary>
/// <param name="client">Reaches the vault; null when the settings name none.</param>
public sealed class KeyVaultProbe(SecretClient? client)
{
    /// <summary>For the vault that the settings name.</summary>
    /// <exception cref="Core.Errors.ProblemException">It is no address of a vault (AFF737).</exception>
    public static KeyVaultProbe Of(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new KeyVaultProbe(settings[KeyVaultSettings.UriKey] is { } uri && !string.IsNullOrWhiteSpace(uri) ? KeyVaultSecrets.ClientOf(uri) : null);
    }

    /// <summary>Whether the vault answers this identity; null when there is no vault. Whoever asks sets the time-out.</summary>
    public async Task<bool?> IsReachableAsync(CancellationToken cancellationToken)
    {
        if (client is null)
        {
            return null;
        }

        try
        {
            await foreach (var page in client.GetPropertiesOfSecretsAsync(cancellationToken).AsPages(pageSizeHint: 1))
            {
                return page.Values is not null;
            }

            return true;
        }
        catch (Exception exception) when (exception is RequestFailedException or AuthenticationFailedException or AggregateException)
        {
            return false;
        }
    }
}
