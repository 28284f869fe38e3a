using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>The orchestrators of runs.</summary>
public static class RunOrchestrators
{
    public static IReadOnlyList<string> All { get; } =
        [nameof(SyncOrchestrator), nameof(StoredPlanOrchestrator), nameof(UndoOrchestrator), nameof(AdoptOrchestrator)];

    /// <summary>The one that does what is asked for.</summary>
    public static string For(RunRequest request) => request switch
    {
        { Undo: not null } => nameof(UndoOrchestrator),
        { PlanOf: not null } => nameof(StoredPlanOrchestrator),
        { Mode: RunMode.Adopt } => nameof(AdoptOrchestrator),
        _ => nameof(SyncOrchestrator),
    };
}
