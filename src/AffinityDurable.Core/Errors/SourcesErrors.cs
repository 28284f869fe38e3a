namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF140 to AFF149: what definitions say about several sources.</summary>
public static class SourcesErrors
{
    public static readonly ErrorCode SourceAndSources = new(
        "AFF140", "Both 'source' and 'sources' are given", "Keep 'source' for one source, or list them all under 'sources'.");

    public static readonly ErrorCode BadSourceName = new(
        "AFF141", "The name of a source is not allowed", "Use a lower-case letter and then lower-case letters, digits and hyphens, at most 30.");

    public static readonly ErrorCode SourceNameShared = new(
        "AFF142", "Two sources have the same name", "Rename one of them: fields name the sources that they come from.");

    public static readonly ErrorCode UnknownSource = new(
        "AFF143", "A field comes from a source that there is not", "Use a name from 'sources'.");

    public static readonly ErrorCode SourceNotSaid = new(
        "AFF144", "It is not said which source a column belongs to", "With several sources, give the column of each: 'from: { warehouse: arr, preqin: arr_musd }'.");

    public static readonly ErrorCode ChangesNeverClear = new(
        "AFF145", "A field from a source that delivers changes cannot be cleared", "Remove 'onNull: clear', or let the source deliver all: from what a source of changes does not say, nothing is concluded.");

    public static readonly ErrorCode StampWithoutAsOf = new(
        "AFF146", "A stamp asks for a day that no source gives", "Give a source 'asOf', or remove 'asOf' from the stamp.");

    public static readonly ErrorCode StampFieldUnusable = new(
        "AFF147", "The field cannot take the stamp", "Give a text field, or a dropdown with the names of all sources, for the source, and a date field for the day; no column may go into it.");
}
