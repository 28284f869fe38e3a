using System.Text.Json;

namespace AffinityDurable.LocalHost.Triggers.Queues;

/// <summary>The message about a file that has arrived: what Event Grid writes into a queue when a blob was created, with a <c>file:</c> URL.</summary>
internal static class ArrivalMessage
{
    public static string Of(string folder, FolderFile file, DateTimeOffset now) => JsonSerializer.Serialize(new
    {
        topic = "/local/watched-folder",
        subject = $"/blobServices/default/containers/{Path.GetFileName(folder.TrimEnd(Path.DirectorySeparatorChar))}/blobs/{file.Path}",
        eventType = "Microsoft.Storage.BlobCreated",
        id = Guid.NewGuid().ToString(),
        data = new
        {
            api = "PutBlob",
            eTag = file.Version,
            contentType = "application/octet-stream",
            contentLength = file.Length,
            blobType = "BlockBlob",
            url = new Uri(file.FullPath).AbsoluteUri,
        },
        dataVersion = "",
        metadataVersion = "1",
        eventTime = now.UtcDateTime,
    });
}
