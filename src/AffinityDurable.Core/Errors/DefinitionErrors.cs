namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF1xx: 101 to 119 one definition, 120 to 129 the folder of definitions, 130 and up a definition against the live list.</summary>
public static class DefinitionErrors
{
    public static readonly ErrorCode Syntax = new(
        "AFF101", "The definition is not valid YAML", "Correct the line; indent with spaces, and put texts that hold ': ', '#' or quotes into quotes.");

    public static readonly ErrorCode NotAllowed = new(
        "AFF102", "The definition uses YAML that definitions may not use", "Write one document of plain keys and values, without aliases and tags.");

    public static readonly ErrorCode TooLarge = new(
        "AFF103", "The definition is too large or nested too deeply", "A definition has at most 1 MB and 20 levels.");

    public static readonly ErrorCode UnknownKey = new(
        "AFF104", "The definition has an unknown key", "Remove or correct the key.");

    public static readonly ErrorCode MissingKey = new(
        "AFF105", "The definition lacks a key", "Add the key.");

    public static readonly ErrorCode DuplicateKey = new(
        "AFF106", "A key is given twice", "Keep one of them.");

    public static readonly ErrorCode WrongType = new(
        "AFF107", "A value has the wrong type", "Give a value of the type that the key expects.");

    public static readonly ErrorCode UnknownWord = new(
        "AFF108", "A value is not one of the words that the key knows", "Use one of the known words.");

    public static readonly ErrorCode OutOfRange = new(
        "AFF109", "A value is out of range", "Give a value within the range.");

    public static readonly ErrorCode BadSyncName = new(
        "AFF110", "The name of a sync is not usable", "Use lower-case letters, digits and inner hyphens, at most 60: it becomes part of run ids.");

    public static readonly ErrorCode BadList = new(
        "AFF111", "The list is neither an id nor the address of a list", "Give the list's id, or its address as the browser shows it: https://acme.affinity.co/lists/77.");

    public static readonly ErrorCode BadPath = new(
        "AFF112", "The path of a source is not usable", "Give the path of a file, relative to the folder of the definition.");

    public static readonly ErrorCode BadCron = new(
        "AFF113", "The schedule is not a cron expression", "Give five fields: minute, hour, day of month, month, day of week, such as '0 2 * * *'.");

    public static readonly ErrorCode UnknownTimeZone = new(
        "AFF114", "The time zone is unknown", "Give an IANA name such as Europe/London or America/New_York, or UTC.");

    public static readonly ErrorCode Empty = new(
        "AFF115", "A section that needs content is empty", "Add at least one item, or remove the key if it is optional.");

    public static readonly ErrorCode DuplicateMapping = new(
        "AFF116", "One field is mapped twice", "Keep one of the mappings.");

    public static readonly ErrorCode DuplicateMatchColumn = new(
        "AFF117", "One column is used for two match keys", "A column holds one kind of key: keep the one it holds.");

    public static readonly ErrorCode Secret = new(
        "AFF118", "The definition seems to hold a secret", "Remove it from the file and from the file's history, replace it where it is valid, and give it as a setting (environment or Key Vault).");

    public static readonly ErrorCode BadDelimiter = new(
        "AFF119", "The delimiter is not usable", "Give one ASCII character other than a quote or a line end; \"\\t\" is a tab.");

    public static readonly ErrorCode UnknownSync = new(
        "AFF120", "There is no sync of this name", "Look at the 'sync' keys of the definitions.");

    public static readonly ErrorCode DuplicateSync = new(
        "AFF121", "Two definitions have the same name", "Rename one of the syncs; the name ties runs and state together.");

    public static readonly ErrorCode FieldConflict = new(
        "AFF122", "Two syncs write one field", "Let one sync write the field, or bring the values together in one source.");

    public static readonly ErrorCode Unreadable = new(
        "AFF123", "A definition cannot be read", "Check that the file exists and that this program may read it.");

    public static readonly ErrorCode FieldNotFound = new(
        "AFF130", "A field does not exist", "Correct the name, or use the field's id, which does not change when the field is renamed.");

    public static readonly ErrorCode FieldAmbiguous = new(
        "AFF131", "A field name is not unique", "Use the field's id.");

    public static readonly ErrorCode FieldMappedTwice = new(
        "AFF132", "Two mappings lead to one field", "Keep one of the mappings.");

    public static readonly ErrorCode MatchDoesNotFit = new(
        "AFF133", "A match key does not fit the type of the list", "Company lists match by entryId, companyId and domain, person lists by entryId, personId and email, opportunity lists by entryId; all lists by field.");

    public static readonly ErrorCode WrongList = new(
        "AFF134", "The definition and the list do not belong together", "Check the list id in the definition.");

    public static readonly ErrorCode BadFormat = new(
        "AFF135", "The format does not fit the field", "See the formats in the definition reference.");

    public static readonly ErrorCode HealthFieldNotMapped = new(
        "AFF136", "A health rule is about a field that the sync does not map", "Name a field as it is written under 'fields', or map it.");

    public static readonly ErrorCode HealthRuleDoesNotFit = new(
        "AFF137", "The condition of a health rule does not fit its field", "'below' and 'above' need a number field, 'staleDays' a date field; 'missing' works with any.");

    public static readonly ErrorCode HealthFieldUnusable = new(
        "AFF138", "The field cannot keep the health of entries", "Give a dropdown field with the options 'OK' and 'At risk' that no column goes into.");
}
