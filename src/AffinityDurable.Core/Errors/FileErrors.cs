namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF230 to AFF249: files as sources, wherever they are kept; see <see cref="SourceErrors"/> for what all sources share.</summary>
public static class FileErrors
{
    public static readonly ErrorCode NotJson = new(
        "AFF230", "A line is not a JSON object", "Write one JSON object a line, in UTF-8, without line ends inside.");

    public static readonly ErrorCode DuplicateKey = new(
        "AFF231", "A JSON object has one key twice", "Write each key once.");

    public static readonly ErrorCode TooManyKeys = new(
        "AFF232", "The JSON objects have too many different keys", "Keys name columns. Put values that are called by ids into an object or a list below one key.");

    public static readonly ErrorCode ColumnsDiffer = new(
        "AFF233", "Two files of one source have different columns", "Export all files alike, or narrow the path so that it leaves the other ones out.");

    public static readonly ErrorCode ColumnTypeDiffers = new(
        "AFF234", "A column has different types in two files of one source", "Export all files alike, or narrow the path so that it leaves the other ones out.");

    public static readonly ErrorCode NotParquet = new(
        "AFF235", "The file is not sound Parquet", "Check that the export is complete, and that the type of the source is right.");

    public static readonly ErrorCode TooManyFiles = new(
        "AFF236", "The path matches too many files", "Narrow the path, or let the export write fewer and larger files.");
}
