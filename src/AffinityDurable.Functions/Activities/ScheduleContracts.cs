using AffinityDurable.Functions.Scheduling;

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
/// <param name="HasDependencies">It is the latest of a sync that depends on others.</param>
public sealed record DueOccurrence(string Sync, DateTimeOffset Occurrence, string RunId, DateTimeOffset GiveUpAt, bool Missed, bool HasDependencies = false);

/// <summary>Output of <see cref="RecordOccurrence"/>.</summary>
public sealed record RecordedOccurrence(string RunId);

/// <summary>Input of <see cref="CheckDependencies"/>.</summary>
/// <param name="Sync">The sync that is due.</param>
/// <param name="Now">The time.</param>
public sealed record CheckDependenciesInput(string Sync, DateTimeOffset Now);

/// <summary>Output of <see cref="CheckDependencies"/>.</summary>
/// <param name="Met">The sync may start.</param>
public sealed record DependencyVerdict(bool Met);

/// <summary>Input of <see cref="CloseNight"/>.</summary>
/// <param name="StartedAt">When the first of the runs was begun.</param>
/// <param name="Runs">The runs.</param>
public sealed record CloseNightInput(DateTimeOffset StartedAt, IReadOnlyList<NightRun> Runs);

/// <summary>Output of <see cref="CloseNight"/>.</summary>
/// <param name="Runs">Runs of the night so far.</param>
public sealed record ClosedNight(int Runs);
