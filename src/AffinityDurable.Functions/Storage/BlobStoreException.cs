namespace AffinityDurable.Functions.Storage;

/// <summary>A Blob store failed in a way that may pass. The message names the container and the answer; it holds no address with a signature and no header.</summary>
public sealed class BlobStoreException(string message) : IOException(message);
