using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Functions.Storage;

/// <summary>What Program.cs of the function app calls.</summary>
public static class KeyVaultSettings
{
    public static IConfigurationBuilder AddKeyVaultSecrets(this IConfigurationBuilder builder, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return builder;
    }
}
