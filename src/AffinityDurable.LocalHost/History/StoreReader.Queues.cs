namespace AffinityDurable.LocalHost.History;

/// <content>Queues and watched folders.</content>
internal sealed partial class StoreReader
{
    /// <summary>Messages of a queue, oldest first.</summary>
    public List<QueueMessage> ReadQueue(string queue) => Read(
        "SELECT row, body, attempts FROM queue_messages WHERE queue = $1 ORDER BY row",
        row => new QueueMessage(row.GetInt64(0), row.GetString(1), row.GetInt32(2)),
        queue);

    /// <summary>Versions of the files of a folder that are known, by path; empty when the folder was never watched.</summary>
    public Dictionary<string, string> ReadKnownFiles(string folder) => Read(
        "SELECT path, version FROM watched_files WHERE folder = $1",
        row => (Path: row.GetString(0), Version: row.GetString(1)),
        folder).ToDictionary(file => file.Path, file => file.Version, StringComparer.Ordinal);
}
