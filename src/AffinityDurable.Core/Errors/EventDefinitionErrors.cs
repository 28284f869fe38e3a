namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF156 to AFF159: what of a definition says which events start runs.</summary>
public static class EventDefinitionErrors
{
    public static readonly ErrorCode FieldRuleUnclear = new(
        "AFF156", "A rule about a changed field is no rule", "Give a rule such as 'onField: { name: Status, becomes: Evaluating }', or a list of rules.");

    public static readonly ErrorCode ValueDoesNotFit = new(
        "AFF157", "The value that a field is to become does not fit it", "Give values that the field can have, as the list shows them.");

    public static readonly ErrorCode FieldIsWritten = new(
        "AFF158", "A sync is started by a field that it writes", "Take another field for 'onField', or the field out of what the sync writes: its own writes would start it again.");

    public static readonly ErrorCode FieldIsNotOfTheList = new(
        "AFF159", "Changes of this field name no entry", "Take a field of the list itself for 'onField'.");
}
