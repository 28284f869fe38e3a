namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF75x: how runs are started, stopped and kept apart by their orchestrations.</summary>
public static class OrchestrationErrors
{
    public static readonly ErrorCode Cancelled = new(
        "AFF750",
        "The run was cancelled",
        "What it had written stays and is in its journals; an undo takes it back. The next run goes on from what Affinity shows.");

    public static readonly ErrorCode AlreadyEnded = new(
        "AFF751",
        "The run has ended already",
        "There is nothing to cancel; an undo takes back what it has written.");

    public static readonly ErrorCode DependencyNotMet = new(
        "AFF752",
        "A sync that this one depends on did not end well in time",
        "Look at the run of the sync that is named, put it right, and start both by hand if the night's values are needed.");
}
