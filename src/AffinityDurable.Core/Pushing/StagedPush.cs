namespace AffinityDurable.Core.Pushing;

/// <summary>Rows that were sent in one request and are staged, whole, until a run has taken them. Holds no values: those are in chunks.</summary>
/// <param name="Id">Ids in ordinal order are in order of arrival.</param>
/// <param name="Folder">Where the chunks are.</param>
/// <param name="Columns">The columns of the cells, in order.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Chunks">How many chunks they are kept in.</param>
public sealed record StagedPush(string Id, string Folder, IReadOnlyList<string> Columns, long Rows, int Chunks);

/// <summary>Some rows of a push. Holds values: never logged.</summary>
/// <param name="Rows">Cells by column; null is empty.</param>
public sealed record PushChunk(IReadOnlyList<IReadOnlyList<string?>> Rows);

/// <summary>What is known of a push for a day or two, also after a run has taken it.</summary>
/// <param name="Id">The push.</param>
/// <param name="Source">The source that it is for.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="ReceivedAt">When all of it had arrived.</param>
/// <param name="StartsAt">When a run is to start for it; null for the schedule.</param>
/// <param name="By">Who sent it, where that is known.</param>
public sealed record PushReceipt(string Id, string Source, long Rows, DateTimeOffset ReceivedAt, DateTimeOffset? StartsAt, string? By)
{
    /// <summary>The run that has taken it; null while it waits.</summary>
    public string? RunId { get; init; }
}

/// <summary>Remembers the key by which a sender recognises a push, so that it is staged once.</summary>
/// <param name="Body">Hash of the rows as they came.</param>
/// <param name="Push">The push, which may not have become visible if the process died.</param>
/// <param name="Receipt">What was answered.</param>
public sealed record PushKey(string Body, StagedPush Push, PushReceipt Receipt);
