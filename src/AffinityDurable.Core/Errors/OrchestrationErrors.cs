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

    public static readonly ErrorCode VersionTooNew = new(
        "AFF753",
        "The run was started by a newer version of the program",
        "Run the version that started it, or start a new run: it begins with what Affinity shows.");

    public static readonly ErrorCode VersionTooOld = new(
        "AFF754",
        "The run was started by an older version that this program cannot go on with",
        "Let the older version finish it, or start a new run: it begins with what Affinity shows.");

    public static readonly ErrorCode DependencyNotMet = new(
        "AFF752",
        "A sync that this one depends on did not end well in time",
        "Look at the run of the sync that is named, put it right, and start both by hand if the night's values are needed.");
}
