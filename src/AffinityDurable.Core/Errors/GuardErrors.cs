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

    public static readonly ErrorCode MonthlyQuotaSpent = new(
        "AFF610",
        "The month's calls are spent",
        "The rest is written by a later run, once the quota is renewed at the end of the month.");

    public static readonly ErrorCode WritesDisabled = new(
        "AFF611",
        "Writes are switched off",
        "Set Writes__Enabled to true when Affinity may be written again.");
}
