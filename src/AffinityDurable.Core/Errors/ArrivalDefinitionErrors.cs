namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF16x: what definitions say of rows that are pushed and of files that start a run.</summary>
public static class ArrivalDefinitionErrors
{
    public static readonly ErrorCode BadColumns = new(
        "AFF160", "The columns of pushed rows are not a list of names", "Give columns: a list with the name of each column that the sender sends, each once.");

    public static readonly ErrorCode PushDeliversChanges = new(
        "AFF161", "Pushed rows are never the whole truth", "Remove the key delivers, or write delivers: changes.");
}
