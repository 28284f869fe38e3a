using AffinityDurable.Functions.Storage;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Cli.Hosting;

/// <summary>Settings: <c>appsettings.json</c> of the current directory, then the Key Vault that they name, then the environment, then the options of the command line.</summary>
internal static class CliSettings
{
    public const string DefinitionsKey = "Definitions:Directory";
    public const string DefinitionsUriKey = "Definitions:BlobUri";
    public const string StateKey = "Stores:Directory";
    public const string AddressKey = "Affinity:BaseAddress";
    public const string ApiKeyKey = "Affinity:ApiKey";

    private const string DefaultStateDirectory = ".affinity-durable";

    /// <exception cref="Core.Errors.ProblemException">The settings name a Key Vault that cannot be read (AFF737).</exception>
    public static IConfigurationRoot Load(string? definitions, string? state, string? api)
    {
        var withoutVault = Files().AddEnvironmentVariables().Build();
        return Files()
            .AddKeyVaultSecrets(withoutVault)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(Given((DefinitionsKey, definitions), (StateKey, state), (AddressKey, api)))
            .AddInMemoryCollection(Given((DefinitionsUriKey, definitions is null ? null : "")))
            .Build();
    }

    /// <summary>Settings that nothing around the process can change.</summary>
    public static IConfigurationRoot Only(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(Given(settings)).Build();

    public static string StateDirectory(this IConfiguration configuration) => Path.GetFullPath(configuration[StateKey] ?? DefaultStateDirectory);

    public static string DefinitionsDirectory(this IConfiguration configuration) => configuration[DefinitionsKey] ?? "syncs";

    private static IConfigurationBuilder Files() => new ConfigurationBuilder()
        .SetBasePath(Directory.GetCurrentDirectory())
        .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false);

    private static IEnumerable<KeyValuePair<string, string?>> Given(params (string Key, string? Value)[] settings) =>
        settings.Where(setting => setting.Value is not null).Select(setting => KeyValuePair.Create(setting.Key, setting.Value));
}
