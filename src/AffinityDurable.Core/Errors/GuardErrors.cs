namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF6xx: guards, budget and switches that stop a run.</summary>
public static class GuardErrors
{
    public static readonly ErrorCode TooFewRows = new(
        "AFF601",
        "The source gave fewer rows than minRows",
        "Check the export; lower guards.minRows if so few rows are right.");

    public static readonly ErrorCode TooManyOverwritten = new(
        "AFF602",
        "More live values of a field would be overwritten than maxOverwrittenPercent",
        "Look at the plan; raise guards.maxOverwrittenPercent for a run that is meant to change so much.");
}
