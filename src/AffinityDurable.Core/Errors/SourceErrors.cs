namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF2xx: 201 to 219 end the read of a source, 221 to 229 are records that are no rows.</summary>
public static class SourceErrors
{
    public static readonly ErrorCode UnknownType = new(
        "AFF201", "No adapter for this type of source", "Use one of the types that the message lists.");

    public static readonly ErrorCode PathNotGiven = new(
        "AFF202", "The source names no file", "Set source.path in the definition.");

    public static readonly ErrorCode FileMissing = new(
        "AFF203", "The source file does not exist", "Check source.path and that the export has arrived. Relative paths start at the folder of the definition.");

    public static readonly ErrorCode PathNotAllowed = new(
        "AFF204", "The source file lies outside the allowed folders", "Move the file, or add its folder to Sources:AllowedRoots. Links are followed before the check.");

    public static readonly ErrorCode FileUnreadable = new(
        "AFF205", "The source file cannot be read", "Check the permissions of the file and that no other program holds it.");

    public static readonly ErrorCode NoHeader = new(
        "AFF206", "The source file has no header", "The first line must name the columns. An empty file usually means that the export failed.");

    public static readonly ErrorCode BadHeader = new(
        "AFF207", "The header of the source file is malformed", "Save the file as CSV in UTF-8 with a header in RFC 4180 quoting.");

    public static readonly ErrorCode DuplicateColumns = new(
        "AFF208", "Two columns of the source have one name", "Give each column a name of its own. Case makes no difference.");

    public static readonly ErrorCode BadDelimiter = new(
        "AFF209", "The delimiter cannot be used", "Give one ASCII character other than a quote or a line end, for instance ',' ';' '|' or '\\t'.");

    public static readonly ErrorCode QueryNotOneSelect = new(
        "AFF210", "The query is not a single SELECT", "Write one SELECT (WITH and FROM may begin it) over 'source', without any other statement.");

    public static readonly ErrorCode QueryReachesOut = new(
        "AFF211", "The query reaches for something other than the source", "Select from 'source' only. Other files, URLs, extensions and settings are out of reach.");

    public static readonly ErrorCode QueryInvalid = new(
        "AFF212", "The query cannot be understood", "Correct the query; the message names the place.");

    public static readonly ErrorCode QueryFailed = new(
        "AFF213", "The query failed while it ran", "Every column is text: use TRY_CAST where a cell may not convert, and NULLIF before dividing.");

    public static readonly ErrorCode RowsMiscounted = new(
        "AFF214", "Two independent counts of the rows differ", "Nothing of this read may be used. Run again; if it comes back, report it with the shape of the file.");

    public static readonly ErrorCode ChangedWhileRead = new(
        "AFF215", "The source file changed while it was read", "Let the export write to another name and rename the file when it is complete, then run again.");

    public static readonly ErrorCode ColumnNotText = new(
        "AFF216", "A column of the query has no text form", "Convert lists, structs and blobs to text in the query, for instance with array_to_string.");

    public static readonly ErrorCode OutOfMemory = new(
        "AFF217", "The query needs more memory than it may use", "Simplify the query, or raise Sources:MemoryLimitMegabytes or Sources:TempLimitMegabytes.");

    public static readonly ErrorCode WrongFieldCount = new(
        "AFF221", "A record has more or fewer fields than the header", "Quote fields that contain the delimiter, or correct the record.");

    public static readonly ErrorCode UnterminatedQuote = new(
        "AFF222", "A quoted field does not end", "Close the quote, or double a quote that belongs to the text.");

    public static readonly ErrorCode StrayQuote = new(
        "AFF223", "A quote stands where none may be", "Quote the whole field and double the quotes inside it.");

    public static readonly ErrorCode InvalidUtf8 = new(
        "AFF224", "A record is not valid UTF-8", "Save the file as UTF-8; other encodings such as Windows-1252 look like this.");

    public static readonly ErrorCode NulByte = new(
        "AFF225", "A record contains a NUL byte", "Remove it; the file may be binary, damaged or UTF-16.");

    public static readonly ErrorCode RecordTooLong = new(
        "AFF226", "A record is too long", "Records may have up to 1 MB. Check that the line ends are there.");
}
