namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF3xx.</summary>
public static class MatchErrors
{
    public static readonly ErrorCode ColumnMissing = new(
        "AFF301", "The source has no such column", "Correct the name in the definition, or bring the column back into the source. Case makes no difference.");

    public static readonly ErrorCode Ambiguous = new(
        "AFF302", "A row matches several entries", "Remove the double entry from the list, or match by entryId. Nothing was written for this row.");

    public static readonly ErrorCode UnusableKey = new(
        "AFF303", "The key of a row cannot be one", "Correct the cell, or leave it empty so that the next match rule is tried.");

    public static readonly ErrorCode DuplicateRows = new(
        "AFF304", "Several rows speak about one entry", "Leave one row per entry, for instance with a query. None of these rows was written.");
}
