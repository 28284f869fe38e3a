namespace AffinityDurable.Functions.Activities;

/// <summary>Input of <see cref="FindDueOccurrences"/>.</summary>
public sealed record FindDueOccurrencesInput(DateTimeOffset Now);

/// <summary>Output of <see cref="FindDueOccurrences"/>.</summary>
public sealed record DueOccurrences(IReadOnlyList<DueOccurrence> Occurrences);

/// <summary>An occurrence of a schedule that has no run yet.</summary>
/// <param name="Sync">The sync.</param>
/// <param name="Occurrence">When it was due.</param>
/// <param name="RunId">Id of its run.</param>
/// <param name="GiveUpAt">It may start until then.</param>
/// <param name="Missed">It came too late, or a later one is due as well: it is reported and not run.</param>
public sealed record DueOccurrence(string Sync, DateTimeOffset Occurrence, string RunId, DateTimeOffset GiveUpAt, bool Missed);

/// <summary>Output of <see cref="RecordOccurrence"/>.</summary>
public sealed record RecordedOccurrence(string RunId);
