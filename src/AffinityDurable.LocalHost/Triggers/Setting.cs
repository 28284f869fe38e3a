using Microsoft.Extensions.Configuration;

namespace AffinityDurable.LocalHost.Triggers;

/// <summary><c>%Name%</c> in a trigger stands for an application setting.</summary>
internal static class Setting
{
    /// <exception cref="FormatException">The setting is missing.</exception>
    public static string Resolve(string text, IConfiguration? configuration)
    {
        if (text is not ['%', .. var inner, '%'])
        {
            return text;
        }

        // Azure's flat names and .NET's sections: Sync__Schedule and Sync:Schedule are the same setting.
        return configuration?[inner] ?? configuration?[inner.Replace("__", ":", StringComparison.Ordinal)]
            ?? throw new FormatException($"the setting '{inner}' is missing.");
    }
}
