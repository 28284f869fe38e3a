using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Settings;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Sources.Connections;

/// <summary>Connections by name, from the settings below <c>Connections</c>. Definitions hold names only.</summary>
/// <param name="configuration">The settings of the application; null has none.</param>
public sealed class SourceConnections(IConfiguration? configuration = null)
{
    internal const string Section = "Connections";

    /// <summary>The connection of a name.</summary>
    /// <param name="name">As a definition gives it.</param>
    /// <param name="refresh">Reads the settings again first: a secret may have been rotated.</param>
    /// <exception cref="ProblemException">There is none (AFF290).</exception>
    public SourceConnection Get(string name, bool refresh = false)
    {
        if (refresh)
        {
            SettingsReload.Reload(configuration);
        }

        var section = configuration?.GetSection(Section).GetSection(name);
        return section?.Exists() == true
            ? new SourceConnection(name, section, configuration as IConfigurationRoot)
            : throw new ProblemException(Problem.Of(ConnectionErrors.Unknown, $"There is no connection '{name}'.", $"Set its keys in the environment as {Section}__{name}__Key, or correct the name in the definition."));
    }
}
