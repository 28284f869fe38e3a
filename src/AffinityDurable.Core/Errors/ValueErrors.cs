namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF4xx.</summary>
public static class ValueErrors
{
    public static readonly ErrorCode NotANumber = new(
        "AFF401",
        "The text is not a number",
        "Give numbers as 1234.5, or say in the mapping's format how they are written: grouped, currency, percent, decimalComma.");

    public static readonly ErrorCode UnknownOption = new(
        "AFF402",
        "The text is not an option of the dropdown field",
        "Add the option in Affinity, or correct the text in the source.");

    public static readonly ErrorCode AmbiguousOption = new(
        "AFF403",
        "Several options of the dropdown field have this text",
        "Rename or merge the options in Affinity so that each text stands for one option.");

    public static readonly ErrorCode NotADate = new(
        "AFF404",
        "The text is not a date",
        "Give dates as 2026-03-01 or 2026-03-01T09:30:00Z, or set the mapping's format, for instance dd/MM/yyyy.");

    public static readonly ErrorCode NotALocation = new(
        "AFF405",
        "The text is not a location",
        "Give a JSON object with streetAddress, city, state, country and continent, or set the mapping's format to the one part the column holds.");

    public static readonly ErrorCode NotAReference = new(
        "AFF406",
        "The text is not the id of a person or company",
        "Give Affinity's id, a whole number above 0.");

    public static readonly ErrorCode TooManyItems = new(
        "AFF407",
        "The set has more items than Affinity takes in one write",
        "Deliver at most 100 items for this field.");

    public static readonly ErrorCode InvalidCharacter = new(
        "AFF408",
        "The text holds a control character or half of a surrogate pair",
        "Remove the character in the source or its query; check the encoding of the file.");

    public static readonly ErrorCode NotASet = new(
        "AFF409",
        "The cell starts with [ but is not a JSON array of values",
        "Deliver valid JSON, or separate the items by the mapping's separator.");

    public static readonly ErrorCode ReadOnlyType = new(
        "AFF410",
        "Fields of this type cannot be written through Affinity's API",
        "Map another field.");

    public static readonly ErrorCode EnrichedField = new(
        "AFF411",
        "The field is filled by Affinity's data",
        "Set overrideEnriched: true if your value shall win; Affinity then stops updating the cell.");

    public static readonly ErrorCode ComputedField = new(
        "AFF412",
        "The field is computed by Affinity",
        "Map another field.");

    public static readonly ErrorCode Hidden = new(
        "AFF420",
        "Affinity hides the value",
        "Share the restricted opportunity with the key's user, or leave it out of the source.");

    public static readonly ErrorCode Truncated = new(
        "AFF421",
        "Only a part of the set could be read",
        "Run again; a set is written only when it was read in full, since a write replaces all of it.");

    public static readonly ErrorCode NotGiven = new(
        "AFF422",
        "Affinity gave no value for the field",
        "Run again; if it stays so, check that the field still exists on the list.");

    public static readonly ErrorCode Opaque = new(
        "AFF423",
        "The live value has a form that this version does not know",
        "Look at the field in Affinity; update this program. The value is not touched.");

    public static readonly ErrorCode Irreversible = new(
        "AFF424",
        "The change could not be taken back",
        "Take items out of the set in Affinity until it has at most 100, or leave the entry out of the source; the value is not touched.");
}
