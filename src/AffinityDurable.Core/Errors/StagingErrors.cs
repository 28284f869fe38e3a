namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF320 to AFF329: rows that found an entry and do not say what the definition expects of them.</summary>
public static class StagingErrors
{
    public static readonly ErrorCode NoRank = new(
        "AFF320", "A row does not say how late it is", "Give every row a date, a timestamp or a number in the column that latestBy names, of one kind in the whole column. Nothing was written for this row.");
}
