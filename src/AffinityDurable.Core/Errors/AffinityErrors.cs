using AffinityDurable.Core.Affinity;

namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF5xx.</summary>
public static class AffinityErrors
{
    public static readonly ErrorCode NoKey = new(
        "AFF501",
        "There is no usable API key",
        "Set Affinity__ApiKey to a key from Affinity's Settings > Manage Apps, without blanks or line ends.");

    public static readonly ErrorCode Unauthenticated = new(
        "AFF502",
        "Affinity does not accept the API key",
        "Check that the key is current, that its user may use the API and that an IP allowlist of the key admits this machine.");

    public static readonly ErrorCode Forbidden = new(
        "AFF503",
        "The key's user may not do this",
        "Share the list with the user and give the role the permission \"Export data from Lists\"; restricted opportunities cannot be written.");

    public static readonly ErrorCode NotFound = new(
        "AFF504",
        "Affinity does not have this, or does not show it to the key's user",
        "Check the id, and that the list is shared with the key's user.");

    public static readonly ErrorCode Refused = new(
        "AFF505",
        "Affinity refuses the request as it is",
        "Read Affinity's message: a value or a field does not fit. Repeating will not help.");

    public static readonly ErrorCode Merged = new(
        "AFF506",
        "The company or person was merged into another",
        "Use the id of the surviving entity in the source.");

    public static readonly ErrorCode MinuteLimit = new(
        "AFF507",
        "The calls of this minute are used up",
        "Nothing: the run goes on when the window ends. Other programs with the same user share it.");

    public static readonly ErrorCode MonthlyLimit = new(
        "AFF508",
        "The account's calls of this month are used up",
        "Wait for the next month, ask Affinity for a larger plan, or let fewer syncs run.");

    public static readonly ErrorCode ConcurrencyLimit = new(
        "AFF509",
        "Too many calls at once",
        "Lower maxParallelBatches, or stop other programs that call Affinity at the same time.");

    public static readonly ErrorCode Unavailable = new(
        "AFF510",
        "Affinity gave no usable answer, also not when asked again",
        "Run again later; what may have been written is read again first. Look at Affinity's status page and at proxies in between.");

    public static readonly ErrorCode WritesDisabled = new(
        "AFF511",
        "Writes are switched off",
        "Set Writes__Enabled=true when writing is wanted again. A plan never writes.");

    public static readonly ErrorCode Mismatch = new(
        "AFF512",
        "Affinity shows another value than was written",
        "Look at both values: Affinity rounds or trims what it stores, an automation has changed it, or somebody was quicker. Round or trim in the source what Affinity does not keep.");

    public static readonly ErrorCode CanaryFailed = new(
        "AFF513",
        "The canary did not come back as it was sent",
        "Look at rejects.csv, correct the definition or the source, undo the canary if its values are wrong, and run again. The rest of the plan was not written.");

    /// <summary>The code of a kind of fault.</summary>
    public static ErrorCode Of(FaultKind kind) => kind switch
    {
        FaultKind.Unauthenticated => Unauthenticated,
        FaultKind.Forbidden => Forbidden,
        FaultKind.NotFound => NotFound,
        FaultKind.Merged => Merged,
        FaultKind.MinuteLimit => MinuteLimit,
        FaultKind.MonthlyLimit => MonthlyLimit,
        FaultKind.ConcurrencyLimit => ConcurrencyLimit,
        FaultKind.Unavailable => Unavailable,
        FaultKind.WritesDisabled => WritesDisabled,
        _ => Refused,
    };
}
