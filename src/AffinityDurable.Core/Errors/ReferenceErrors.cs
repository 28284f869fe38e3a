namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF43x: persons and companies that cells name.</summary>
public static class ReferenceErrors
{
    public static readonly ErrorCode NotFound = new(
        "AFF430", "Nobody is known by this key", "Correct the cell, or add the person or company to Affinity. None is ever created.");

    public static readonly ErrorCode Ambiguous = new(
        "AFF431", "Several are known by this key", "Merge the duplicates in Affinity, or give the id.");

    public static readonly ErrorCode Unusable = new(
        "AFF432", "The key of a person or company cannot be one", "Correct the cell, or leave it empty.");
}
