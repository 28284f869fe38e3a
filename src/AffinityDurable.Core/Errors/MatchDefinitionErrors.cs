namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF15x: how a definition says which entries rows belong to.</summary>
public static class MatchDefinitionErrors
{
    public static readonly ErrorCode FieldIsNoKey = new(
        "AFF150", "Rows cannot match by this field", "Match by a field of texts, numbers, dates, options, persons or companies; 'by' needs a field of companies.");

    public static readonly ErrorCode ParentDomainAlone = new(
        "AFF151", "Domains above are asked for where no domain is compared", "Add 'by: domain', or remove 'parentDomain'.");
}
