namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF780 to AFF785: stores and definitions in Azure Blob Storage.</summary>
public static class StorageErrors
{
    public static readonly ErrorCode StoreRefused = new(
        "AFF780",
        "The Blob store refuses access",
        "Give the identity of this process the role Storage Blob Data Contributor for the container, and see that the account lets this network in.");

    public static readonly ErrorCode NoContainer = new(
        "AFF781",
        "There is no such Blob container",
        "Make the container, or correct the name in Stores__BlobUri or Definitions__BlobUri.");

    public static readonly ErrorCode NoBlobAddress = new(
        "AFF782",
        "The address of a Blob container cannot be used",
        "Give https://{account}.blob.core.windows.net/{container}, without key and signature: access goes by identity. Connection strings are for the emulator on this machine.");

    public static readonly ErrorCode PublishConflict = new(
        "AFF783",
        "A definition was changed in the container meanwhile",
        "Look at what the other has published, bring both together, and publish again.");

    public static readonly ErrorCode NowhereToPublish = new(
        "AFF784",
        "There is no container to publish to",
        "Give the address of a container with --to, or set Definitions__BlobUri.");

    public static readonly ErrorCode NoLastingStore = new(
        "AFF785",
        "The deployment has no store that lasts",
        "Set Stores__BlobUri and Definitions__BlobUri to Blob containers.");
}
