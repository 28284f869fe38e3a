namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF76x: what comes from outside by itself, and the work that it leaves.</summary>
public static class EventErrors
{
    public static readonly ErrorCode WorkGivenUp = new(
        "AFF760",
        "Pending work could not be done",
        "Look at the run that tried last, remove the cause, then let the work be tried again with POST /api/syncs/{sync}/work/retry.");
}
