using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>Input of <see cref="SyncOrchestrator"/>. The scope of a restricted run is in the run store, not here.</summary>
/// <param name="Sync">Name of the sync.</param>
/// <param name="Mode">Whether the run may write.</param>
/// <param name="Trigger">What started it.</param>
/// <param name="GiveUpAt">A scheduled run that could not take the lease by then is skipped; null does not wait for it at all.</param>
public sealed record SyncInput(string Sync, RunMode Mode, RunTrigger Trigger, DateTimeOffset? GiveUpAt = null);

/// <summary>Output of <see cref="SyncOrchestrator"/>.</summary>
/// <param name="RunId">The run; its report is in the run store.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="ErrorCode">Why it ended early, if it did.</param>
public sealed record RunResult(string RunId, RunOutcome Outcome, string? ErrorCode = null);
