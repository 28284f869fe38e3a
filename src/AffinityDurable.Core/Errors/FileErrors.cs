namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF230 to AFF245: files as sources, wherever they are kept; see <see cref="SourceErrors"/> for what all sources share.</summary>
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

    public static readonly ErrorCode SpoolLimit = new(
        "AFF237", "The source needs more disk than it may use", "Narrow the path, or raise Sources:SpoolLimitMegabytes.");

    public static readonly ErrorCode BadCompression = new(
        "AFF238", "A compressed file is damaged or cut off", "Check that the export is complete, and that the ending of the name says how it was compressed: .gz or .zst.");

    public static readonly ErrorCode TooOld = new(
        "AFF239", "The export is older than it may be", "Find out why no newer one has arrived. If it may be this old, raise maxAge.");

    public static readonly ErrorCode NoMarker = new(
        "AFF240", "The marker of a complete export is missing", "Wait until the export is complete. If it writes no such marker, remove the key.");

    public static readonly ErrorCode BadManifest = new(
        "AFF241", "The manifest of the export cannot be used", "Write it last, as JSON with a list 'files' of which each has a 'path'. If the export writes none, remove the key.");

    public static readonly ErrorCode NotAsInManifest = new(
        "AFF242", "The files are not those of the manifest", "Wait until the export is complete, or run it again.");

    public static readonly ErrorCode StoreRefused = new(
        "AFF243", "The storage refuses access", "Check the keys of the connection, and that its identity may list and read.");

    public static readonly ErrorCode NoContainer = new(
        "AFF244", "The storage has no such container or bucket", "Correct the path, or the account, endpoint or region of the connection.");

    public static readonly ErrorCode StoreFailed = new(
        "AFF245", "The storage cannot be read", "Run again. If it comes back, check that the storage can be reached from here.");
}
