using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Work;

/// <summary>One thing to be done for a sync, kept until a run has done it.</summary>
public sealed record WorkItem
{
    public required string Sync { get; init; }

    /// <summary>The list that the sync writes.</summary>
    public required long ListId { get; init; }

    /// <summary>The entries that it is about; null for the whole sync.</summary>
    public IReadOnlyList<long>? Entries { get; init; }

    /// <summary>What brought it.</summary>
    public required RunTrigger Trigger { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>
    /// When a run may take it: the end of a quiet period. A later item of the same sync and trigger moves the start on, to at most five
    /// times the period. Items of webhooks never do: their start is that of the first.
    /// </summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>What it is about, as its trigger understands it: a field, the version of a file, a push.</summary>
    public string? Reference { get; init; }
}
