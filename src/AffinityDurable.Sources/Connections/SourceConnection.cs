using AffinityDurable.Core.Errors;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Sources.Connections;

/// <summary>The settings of one connection. Values are never part of a message.</summary>
public sealed class SourceConnection
{
    private readonly IConfigurationSection section;
    private readonly IConfigurationRoot? root;

    internal SourceConnection(string name, IConfigurationSection section, IConfigurationRoot? root)
    {
        (Name, this.section, this.root) = (name, section, root);
    }

    /// <summary>As definitions give it.</summary>
    public string Name { get; }

    /// <summary>The value of a key; null when it is not set or blank.</summary>
    public string? Find(string key) => section[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>The value of a key.</summary>
    /// <exception cref="ProblemException">It is not set (AFF291).</exception>
    public string Require(string key) => Find(key) ?? throw Missing(key);

    /// <summary>The value of a key that is a secret; null when it is not set or blank.</summary>
    /// <exception cref="ProblemException">It stands in a settings file (AFF292).</exception>
    public string? FindSecret(string key)
    {
        var value = Find(key);
        return value is null || !IsFromFile(key)
            ? value
            : throw new ProblemException(Problem.Of(ConnectionErrors.SecretInFile, $"The key {key} of connection '{Name}' is a secret and stands in a settings file."));
    }

    /// <summary>The value of a key that is a secret.</summary>
    /// <exception cref="ProblemException">It is not set (AFF291), or stands in a settings file (AFF292).</exception>
    public string RequireSecret(string key) => FindSecret(key) ?? throw Missing(key);

    private ProblemException Missing(string key) => new(Problem.Of(
        ConnectionErrors.KeyMissing,
        $"Connection '{Name}' has no {key}.",
        $"Set {SourceConnections.Section}__{Name}__{key} in the environment, or the secret {SourceConnections.Section}--{Name}--{key} in Key Vault."));

    /// <summary>Whether the provider that decides the value reads a file that people edit, copy and check in.</summary>
    private bool IsFromFile(string key) => IsFromFile(root, ConfigurationPath.Combine(section.Path, key));

    private static bool IsFromFile(IConfigurationRoot? settings, string key) =>
        settings?.Providers.LastOrDefault(provider => provider.TryGet(key, out _)) switch
        {
            ChainedConfigurationProvider chained => IsFromFile(chained.Configuration as IConfigurationRoot, key),
            var provider => provider is FileConfigurationProvider,
        };
}
