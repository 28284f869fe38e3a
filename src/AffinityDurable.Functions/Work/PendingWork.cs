namespace AffinityDurable.Functions.Work;

/// <summary>Document of an item that waits.</summary>
/// <param name="Item">What is to be done.</param>
/// <param name="Attempts">Runs that could not do it.</param>
/// <param name="RetryAt">When the next one may; null when none has tried.</param>
/// <param name="LastRunId">The run that tried last.</param>
/// <param name="LastCode">Code of the error that it ended with.</param>
public sealed record PendingWork(WorkItem Item, int Attempts = 0, DateTimeOffset? RetryAt = null, string? LastRunId = null, string? LastCode = null);

/// <summary>An item that waits, as it is stored.</summary>
/// <param name="Key">Key of its document.</param>
/// <param name="Work">The document.</param>
/// <param name="ETag">What changing it needs.</param>
public sealed record StoredWork(string Key, PendingWork Work, string ETag);

/// <summary>Document of the items that a run has taken on. They stay until it is known how the run ended.</summary>
public sealed record TakenWork
{
    public required string RunId { get; init; }

    public required string Sync { get; init; }

    public required Core.Runs.RunTrigger Trigger { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The entries of all items; null when one of them is about the whole sync.</summary>
    public IReadOnlyList<long>? Entries { get; init; }

    /// <summary>Keys of the documents of the items.</summary>
    public required IReadOnlyList<string> Keys { get; init; }
}
