using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Core.Settings;

/// <summary>Reads settings again, so that a rotated secret is found without a restart.</summary>
public static class SettingsReload
{
    /// <summary>Reloads every provider, those behind chained configurations too.</summary>
    /// <param name="configuration">The settings; other than roots hold nothing to reload.</param>
    public static void Reload(IConfiguration? configuration)
    {
        if (configuration is not IConfigurationRoot root)
        {
            return;
        }

        foreach (var chained in root.Providers.OfType<ChainedConfigurationProvider>())
        {
            Reload(chained.Configuration);
        }

        root.Reload();
    }
}
