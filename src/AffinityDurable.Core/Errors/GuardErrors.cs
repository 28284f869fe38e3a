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

    public static readonly ErrorCode TooManyRowsGone = new(
        "AFF603",
        "More rows are missing against the last good run than maxRowDropPercent",
        "Check that the source was loaded in full; raise guards.maxRowDropPercent for a run that is meant to have so few rows.");

    public static readonly ErrorCode TooManyEntriesUncovered = new(
        "AFF604",
        "More entries have lost their row against the last good run than maxCoverageDropPercent",
        "Check the source and its keys for the entries named; raise guards.maxCoverageDropPercent for a run that is meant to leave them out.");

    public static readonly ErrorCode TooManyCleared = new(
        "AFF605",
        "More live values of a field would be cleared than maxClearedPercent",
        "Check the column in the source; raise guards.maxClearedPercent for a run that is meant to clear so much.");

    public static readonly ErrorCode TooManyRejected = new(
        "AFF606",
        "More records are malformed or rejected than maxRejectedPercent",
        "Look at rejects.csv and correct the source; raise guards.maxRejectedPercent where so many rejects are known and harmless.");

    public static readonly ErrorCode TooManyUnmatched = new(
        "AFF607",
        "More rows have no entry than maxUnmatchedPercent",
        "Check the key columns of the source; raise guards.maxUnmatchedPercent or leave it out where sources know many other companies.");

    public static readonly ErrorCode TooManyBlanks = new(
        "AFF608",
        "A column has more empty cells against the last good run than maxNullJumpPercent",
        "Check the column in the source; raise guards.maxNullJumpPercent for a run in which so much is meant to be empty.");

    public static readonly ErrorCode FactorTooLarge = new(
        "AFF609",
        "A number would change by more than maxFactor",
        "Check the values named, for instance their unit; raise or remove the field's maxFactor if they are right.");

    public static readonly ErrorCode DeltaTooLarge = new(
        "AFF610",
        "A number would change by more than maxDelta",
        "Check the values named; raise or remove the field's maxDelta if they are right.");
}
