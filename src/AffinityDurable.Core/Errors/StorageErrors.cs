namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF780 to AFF789: stores and definitions in Azure Blob Storage.</summary>
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
}
