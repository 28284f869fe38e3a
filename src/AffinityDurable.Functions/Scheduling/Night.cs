using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Scheduling;

/// <summary>What became of the occurrences of one day.</summary>
public sealed record Night
{
    private static readonly string[] MissedCodes = [HostErrors.OccurrenceMissed.Id, OrchestrationErrors.DependencyNotMet.Id];

    /// <summary>The day, in UTC, on which they were begun.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>When the first was begun.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last was done with.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Their runs, in order.</summary>
    public IReadOnlyList<NightRun> Runs { get; init; } = [];

    /// <summary>How many runs ended how.</summary>
    public IReadOnlyDictionary<RunOutcome, int> Outcomes =>
        Runs.Where(run => run.Outcome is not null).GroupBy(run => run.Outcome!.Value).ToDictionary(same => same.Key, same => same.Count());

    /// <summary>Occurrences that came too late, or whose dependencies did not end well in time.</summary>
    public int Missed => Runs.Count(run => MissedCodes.Contains(run.ErrorCode));

    /// <summary>Runs that have not ended: their plans wait for an approval.</summary>
    public int Waiting => Runs.Count(run => run.Outcome is null);

    /// <summary>Calls used.</summary>
    public int Calls => Runs.Sum(run => run.Calls);

    /// <summary>Time spent waiting for calls.</summary>
    public TimeSpan Waited => Runs.Aggregate(TimeSpan.Zero, (total, run) => total + run.Waited);
}

/// <summary>A run of a night.</summary>
/// <param name="Sync">Its sync.</param>
/// <param name="RunId">The run.</param>
/// <param name="Outcome">How it ended; null while its plan waits for an approval.</param>
/// <param name="ErrorCode">Why it ended early, if it did.</param>
/// <param name="Calls">Calls it used.</param>
/// <param name="Waited">Time it spent waiting for calls.</param>
public sealed record NightRun(string Sync, string RunId, RunOutcome? Outcome = null, string? ErrorCode = null, int Calls = 0, TimeSpan Waited = default)
{
    /// <summary>The run as its report shows it.</summary>
    public NightRun With(RunReport report) => this with
    {
        Outcome = report.Outcome,
        ErrorCode = report.Error?.Code,
        Calls = report.Calls.Total,
        Waited = report.Waits.Aggregate(TimeSpan.Zero, (total, wait) => total + wait.Total),
    };
}
