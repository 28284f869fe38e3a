using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Settings;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Core.Affinity;

/// <summary>The key from the setting <c>Affinity:ApiKey</c> (environment <c>Affinity__ApiKey</c>).</summary>
internal sealed class ConfiguredAffinityKey(IConfiguration? configuration) : IAffinityKey
{
    private const string Setting = "Affinity:ApiKey";
    private const string Variable = "Affinity__ApiKey";

    public ValueTask<string> GetAsync(bool refresh, CancellationToken cancellationToken)
    {
        if (refresh)
        {
            // Key Vault, a mounted secret file or another provider may hold the new key.
            SettingsReload.Reload(configuration);
        }

        var key = configuration?[Setting] ?? Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrWhiteSpace(key)
            ? throw new ProblemException(Problem.Of(AffinityErrors.NoKey, $"The setting {Setting} is empty."))
            : ValueTask.FromResult(key.Trim());
    }
}
