using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AffinityDurable.Core.Definitions.Yaml;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Definitions.Reading;

/// <summary>Finds keys and values that look like secrets: definitions are reviewed, copied and kept in version control.</summary>
/// <remarks>Messages name the key, never the value.</remarks>
internal static partial class SecretScan
{
    /// <summary>Without case, hyphens and underscores.</summary>
    private static readonly FrozenSet<string> SecretKeys = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "password", "passwd", "pwd", "passphrase", "secret", "clientsecret", "token", "accesstoken", "refreshtoken", "bearertoken", "apikey", "apitoken",
        "apisecret", "accesskey", "secretkey", "secretaccesskey", "accountkey", "privatekey", "sharedaccesskey", "sastoken", "connectionstring", "credential", "credentials", "authorization");

    public static bool IsSecretKey(string key) =>
        SecretKeys.Contains(key.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal));

    /// <summary>Reports every secret and gives the mapping without them, so that no later message can repeat one.</summary>
    public static YamlMap Remove(YamlMap root, Findings findings) => Map(root, "", areNames: false, findings);

    private static YamlNode Node(YamlNode node, string path, Findings findings)
    {
        switch (node)
        {
            case YamlText text when LooksSecret(text.Value):
                findings.Add(DefinitionErrors.Secret, $"The value of '{path}' looks like a secret.", text.Line);
                return new YamlUnusable(text.Line);
            case YamlList list:
                return list with { Items = [.. list.Items.Select(item => Node(item, path, findings))] };
            case YamlMap map:
                return Map(map, path, areNames: path == "fields", findings);
            default:
                return node;
        }
    }

    /// <param name="map">A mapping.</param>
    /// <param name="path">Its path.</param>
    /// <param name="areNames">Whether the keys are names of Affinity fields, which may be any words.</param>
    /// <param name="findings">Takes what is found.</param>
    private static YamlMap Map(YamlMap map, string path, bool areNames, Findings findings) =>
        map with { Entries = [.. map.Entries.Select(entry => Entry(entry, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", areNames, findings))] };

    private static YamlEntry Entry(YamlEntry entry, string path, bool areNames, Findings findings)
    {
        if (areNames || !IsSecretKey(entry.Key))
        {
            return entry with { Value = Node(entry.Value, path, findings) };
        }

        findings.Add(DefinitionErrors.Secret, $"'{path}' is the key of a secret.", entry.Line);
        return entry with { Value = new YamlUnusable(entry.Value.Line) };
    }

    private static bool LooksSecret(string value) => Pattern().IsMatch(value);

    /// <summary>Parts of connection strings, SAS signatures, PEM keys, bearer tokens, passwords in URLs, AWS key ids.</summary>
    [GeneratedRegex(
        """
        \b(?:password|pwd|accountkey|sharedaccesskey|sharedaccesssignature|client_?secret)\s*=\s*\S
        |[?&;]sig=[A-Za-z0-9%+/]{16,}
        |-----BEGIN\ [A-Z ]*PRIVATE\ KEY-----
        |\bbearer\s+[A-Za-z0-9._~+/-]{16,}
        |://[^/\s:@]+:[^/\s@]+@
        |\b(?:AKIA|ASIA)[0-9A-Z]{16}\b
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Pattern();
}
