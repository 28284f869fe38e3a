using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Runs;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Functions.Storage;

/// <summary>The stores and the definitions that the settings name: a folder, or a Blob container.</summary>
public static class StoreSettings
{
    private const string StoresUri = "Stores:BlobUri";
    private const string DefinitionsUri = "Definitions:BlobUri";
    /// <summary>Set on every instance of App Service, and nowhere else.</summary>
    private const string AzureInstance = "WEBSITE_INSTANCE_ID";

    private const string EnvironmentName = "Environment:Name";
    private const string StoresContainer = "affinity-durable";
    private const string DefinitionsContainer = "affinity-durable-syncs";

    /// <summary>How long a run of which this host knows nothing keeps its list after its last sign of life: another host may work on the same Blob store.</summary>
    private static readonly TimeSpan OthersKeepTheirList = TimeSpan.FromMinutes(15);

    /// <summary>Refuses to start on Azure with stores that go away with the instance.</summary>
    /// <exception cref="ProblemException">The settings name neither container nor folder (AFF785).</exception>
    public static void EnsureLasting(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string[] missing = [.. ((string[])["Stores", "Definitions"]).Where(store => Given(settings, $"{store}:BlobUri") is null && Given(settings, $"{store}:Directory") is null)];
        if (IsOnAzure(settings) && missing.Length > 0)
        {
            throw new ProblemException(Problem.Of(StorageErrors.NoLastingStore, $"{string.Join(" and ", missing.Select(store => $"{store}__BlobUri"))} not set."));
        }
    }

    internal static bool IsOnAzure(IConfiguration settings) => settings[AzureInstance] is not null;

    /// <summary>Where runs are kept.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="time">Orders the runs; the system's clock when null.</param>
    /// <exception cref="ProblemException">The address of a container cannot be used (AFF782).</exception>
    public static IRunStore RunStore(IConfiguration settings, TimeProvider? time = null) =>
        Stores(settings) is { } container ? new BlobRunStore(container, time) : new FileRunStore(StoresDirectory(settings), time);

    /// <summary>Where state is kept.</summary>
    /// <exception cref="ProblemException">The address of a container cannot be used (AFF782).</exception>
    public static ISyncState SyncState(IConfiguration settings) =>
        Stores(settings) is { } container ? new BlobSyncState(container) : new FileSyncState(StoresDirectory(settings));

    /// <summary>Gives lists to runs. A folder belongs to one host, which knows all its runs; a container may have several.</summary>
    public static LeaseKeeper Leases(IConfiguration settings, ISyncState state, TimeProvider time) =>
        new(state, time, Given(settings, StoresUri) is null ? TimeSpan.Zero : OthersKeepTheirList);

    /// <summary>Where definitions are kept.</summary>
    /// <exception cref="ProblemException">The address of a container cannot be used (AFF782).</exception>
    public static IDefinitionStore Definitions(IConfiguration settings) =>
        Given(settings, DefinitionsUri) is { } uri
            ? new BlobDefinitions(Container("Definitions__BlobUri", uri, DefinitionsContainer, settings), Given(settings, EnvironmentName))
            : new FolderDefinitions(DefinitionsDirectory(settings), Given(settings, EnvironmentName));

    /// <summary>Publishes definitions.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="address">The container; the one that the settings name when null.</param>
    /// <exception cref="ProblemException">The address cannot be used (AFF782), or there is none (AFF784).</exception>
    public static DefinitionPublisher Publisher(IConfiguration settings, string? address) => (address, Given(settings, DefinitionsUri)) switch
    {
        ({ } to, _) => new DefinitionPublisher(Container("--to", to, DefinitionsContainer, settings)),
        (_, { } uri) => new DefinitionPublisher(Container("Definitions__BlobUri", uri, DefinitionsContainer, settings)),
        _ => throw new ProblemException(Problem.Of(StorageErrors.NowhereToPublish, "Neither --to nor Definitions__BlobUri names a container.")),
    };

    /// <summary>The folder or the container of the runs, as messages name it.</summary>
    public static string PlaceOfStores(IConfiguration settings) =>
        Stores(settings) is { } container ? container.Uri.ToString() : Path.GetFullPath(StoresDirectory(settings));

    /// <summary>The folder or the container of the definitions, as messages name it.</summary>
    public static string PlaceOfDefinitions(IConfiguration settings) =>
        Given(settings, DefinitionsUri) is { } uri
            ? Container("Definitions__BlobUri", uri, DefinitionsContainer, settings).Uri.ToString()
            : Path.GetFullPath(DefinitionsDirectory(settings));

    /// <summary>Where people find an artefact.</summary>
    public static string PlaceOf(this IRunStore store, string runId, string name) => store switch
    {
        FileRunStore files => files.PathOf(runId, name),
        BlobRunStore blobs => blobs.AddressOf(runId, name),
        _ => name,
    };

    private static BlobContainerClient? Stores(IConfiguration settings) =>
        Given(settings, StoresUri) is { } uri ? Container("Stores__BlobUri", uri, StoresContainer, settings) : null;

    private static BlobContainerClient Container(string setting, string address, string container, IConfiguration settings) =>
        BlobAddress.Open(setting, address, container, settings.GetSection("Stores").Get<BlobStoreOptions>() ?? new BlobStoreOptions());

    private static string StoresDirectory(IConfiguration settings) => settings["Stores:Directory"] ?? ".affinity-durable";

    private static string DefinitionsDirectory(IConfiguration settings) => settings["Definitions:Directory"] ?? "syncs";

    private static string? Given(IConfiguration settings, string key) => settings[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
