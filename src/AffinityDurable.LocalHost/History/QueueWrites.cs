namespace AffinityDurable.LocalHost.History;

/// <summary>Puts a message into a queue.</summary>
internal class EnqueueWrite(string queue, string body, DateTimeOffset at) : StoreWrite
{
    /// <summary>The message, once this is committed.</summary>
    public QueueMessage Message { get; private set; } = new(0, body, 0);

    public override void Apply(StoreSession session)
    {
        session.Run("INSERT INTO queue_messages (queue, body, attempts, at) VALUES ($1, $2, 0, $3)", queue, body, at.UtcTicks);
        Message = Message with { Row = session.LastRow() };
    }
}

/// <summary>Counts an attempt before it is made: one that takes the process down counts too.</summary>
internal sealed class QueueAttemptWrite(QueueMessage message) : StoreWrite
{
    public override void Apply(StoreSession session) =>
        session.Run("UPDATE queue_messages SET attempts = $2 WHERE row = $1", message.Row, message.Attempts);
}

/// <summary>Moves a message to the queue of those that nobody could deal with.</summary>
internal sealed class QueuePoisonWrite(QueueMessage message, string poisonQueue) : StoreWrite
{
    public override void Apply(StoreSession session) =>
        session.Run("UPDATE queue_messages SET queue = $2 WHERE row = $1", message.Row, poisonQueue);
}

/// <summary>Takes a message out that was dealt with.</summary>
internal sealed class DequeueWrite(QueueMessage message) : StoreWrite
{
    public override void Apply(StoreSession session) => session.Run("DELETE FROM queue_messages WHERE row = $1", message.Row);
}

/// <summary>Notes a version of a file and puts the message about it into the queue, both or neither.</summary>
internal sealed class ArrivalWrite(string folder, string path, string version, string queue, string body, DateTimeOffset at)
    : EnqueueWrite(queue, body, at)
{
    public override void Apply(StoreSession session)
    {
        KnownFilesWrite.Note(session, folder, path, version);
        base.Apply(session);
    }
}

/// <summary>Notes files that are no news, and forgets those that are gone.</summary>
internal sealed class KnownFilesWrite(string folder, IReadOnlyCollection<KeyValuePair<string, string>> known, IReadOnlyCollection<string> gone) : StoreWrite
{
    public static void Note(StoreSession session, string folder, string path, string version) =>
        session.Run("INSERT OR REPLACE INTO watched_files (folder, path, version) VALUES ($1, $2, $3)", folder, path, version);

    public override void Apply(StoreSession session)
    {
        foreach (var (path, version) in known)
        {
            Note(session, folder, path, version);
        }

        foreach (var path in gone)
        {
            session.Run("DELETE FROM watched_files WHERE folder = $1 AND path = $2", folder, path);
        }
    }
}
