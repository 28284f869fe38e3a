namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF15x: how a definition says which entries rows belong to.</summary>
public static class MatchDefinitionErrors
{
    public static readonly ErrorCode FieldIsNoKey = new(
        "AFF150", "Rows cannot match by this field", "Match by a field of texts, numbers, dates, options, persons or companies; 'by' needs a field of companies.");

    public static readonly ErrorCode ParentDomainAlone = new(
        "AFF151", "Domains above are asked for where no domain is compared", "Add 'by: domain', or remove 'parentDomain'.");

    public static readonly ErrorCode ScopeIncomplete = new(
        "AFF152", "A scope says too little or too much", "Give 'savedView' or 'where', and under 'where' one of 'is', 'isNot' and 'isEmpty'.");

    public static readonly ErrorCode ScopeDoesNotFit = new(
        "AFF153", "The condition of a scope does not fit its field", "Give values that the field can have, as the list shows them.");

    public static readonly ErrorCode SavedViewUnusable = new(
        "AFF154", "The saved view of a scope cannot be used", "Give the id of a sheet of this list that the key's user may see.");

    public static readonly ErrorCode ResolveDoesNotFit = new(
        "AFF155", "The field holds nobody to look up so", "'resolve: domain' is for company fields, 'email' for person fields, 'exactName' for both.");
}
