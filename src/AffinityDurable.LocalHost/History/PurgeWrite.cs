namespace AffinityDurable.LocalHost.History;

/// <summary>Deletes terminal instances with their history, on request with all their terminal descendants.</summary>
internal sealed class PurgeWrite(IReadOnlyList<string> instanceIds, bool recursive) : StoreWrite
{
    public int Purged { get; private set; }

    public override void Apply(StoreSession session)
    {
        foreach (var id in instanceIds)
        {
            if (session.Find(id) is { } found && found.Status.IsTerminal())
            {
                Purge(session, found.Key);
            }
        }
    }

    private void Purge(StoreSession session, long key)
    {
        var children = recursive ? TerminalChildren(session, key) : [];
        session.DeleteInstance(key);
        Purged++;
        foreach (var child in children)
        {
            Purge(session, child);
        }
    }

    private static List<long> TerminalChildren(StoreSession session, long key)
    {
        using var reader = session.Query(
            $"SELECT key FROM instances WHERE parent_key = $1 AND status IN {InstanceStatus.TerminalSql}", key);
        var keys = new List<long>();
        while (reader.Read())
        {
            keys.Add(reader.GetInt64(0));
        }

        return keys;
    }
}
