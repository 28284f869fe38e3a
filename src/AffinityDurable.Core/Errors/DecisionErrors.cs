namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF62x and AFF63x: what people have decided about a sync or a plan, and undoing.</summary>
public static class DecisionErrors
{
    public static readonly ErrorCode ApprovalTimedOut = new(
        "AFF620",
        "Nobody approved the plan in time",
        "Start the sync again and approve its plan; approvalTimeout says how long a plan waits.");

    public static readonly ErrorCode Declined = new(
        "AFF621",
        "The plan was declined",
        "See the comment in the report. The next run makes a new plan.");

    public static readonly ErrorCode Superseded = new(
        "AFF622",
        "A newer run has made its own plan",
        "Decide about the plan of the newer run.");

    public static readonly ErrorCode Held = new(
        "AFF623",
        "The sync is held",
        "Look into the reason, then let it go with `affinity-durable release <sync>`.");

    public static readonly ErrorCode PlanOnly = new(
        "AFF624",
        "The sync only plans",
        "Release it, or set state: active in its definition, when it may write.");

    public static readonly ErrorCode PlanNotApplicable = new(
        "AFF625",
        "This plan cannot be written",
        "Make a new plan.");

    public static readonly ErrorCode NotWaiting = new(
        "AFF626",
        "The run does not wait for this answer",
        "Look at the run with `affinity-durable runs <id>`; an answer names the hash of the plan that waits.");

    public static readonly ErrorCode NoFreshPlan = new(
        "AFF627",
        "Releasing needs a plan that was made after the hold",
        "Make a plan of the whole sync, look at it, and name it.");

    public static readonly ErrorCode NothingToUndo = new(
        "AFF630",
        "The run has written nothing that could be undone",
        "Check the id: `affinity-durable runs` lists the runs with what they wrote.");

    public static readonly ErrorCode UndoConflict = new(
        "AFF631",
        "The value was changed after the run had written it",
        "It is left as it is. Set it by hand if the earlier value is wanted.");
}
