using AffinityDurable.Core.Runs;

namespace AffinityDurable.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    public const int Succeeded = 0;
    public const int Failed = 1;
    public const int Partial = 2;
    public const int Blocked = 3;
    public const int Usage = 64;
    public const int Cancelled = 130;

    /// <summary>The code of a run; outcomes milder than <paramref name="failOn"/> are 0.</summary>
    public static int Of(RunOutcome outcome, FailOn failOn) => outcome switch
    {
        RunOutcome.Failed => Failed,
        RunOutcome.Blocked when failOn >= FailOn.Blocked => Blocked,
        RunOutcome.Partial when failOn >= FailOn.Partial => Partial,
        RunOutcome.Cancelled => Cancelled,
        _ => Succeeded,
    };
}

/// <summary>From which outcome on a run fails the command, the strictest last.</summary>
internal enum FailOn
{
    Failed,
    Blocked,
    Partial,
}
