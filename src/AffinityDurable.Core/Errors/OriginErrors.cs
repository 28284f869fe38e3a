namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF440 to AFF449: values that cannot be weighed against those of other sources.</summary>
public static class OriginErrors
{
    public static readonly ErrorCode AgeUnknown = new(
        "AFF440", "It is not known of when a value is", "Give the row a date or an ISO timestamp in the column that asOf names. The value was not written, nor was one of a source that comes later.");

    public static readonly ErrorCode RowsRejected = new(
        "AFF441", "A source that comes first has several rows for the entry", "Leave one row per entry, or give the source latestBy. No value of a source that comes later was written in their place.");
}
