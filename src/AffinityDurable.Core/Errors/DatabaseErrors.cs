namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF25x and AFF26x: sources that are databases.</summary>
public static class DatabaseErrors
{
    public static readonly ErrorCode UnknownParameter = new(
        "AFF250", "The query asks for a parameter that there is not", "Use one of the parameters that the message lists. A colon that begins none is followed by a blank.");

    public static readonly ErrorCode NotOneSelect = new(
        "AFF251", "The query of a database is not a single SELECT", "Write one SELECT; WITH may begin it.");

    public static readonly ErrorCode Unreachable = new(
        "AFF252", "The database cannot be reached", "Check the host and port of the connection, and that the network lets this program through.");

    public static readonly ErrorCode LoginRefused = new(
        "AFF253", "The database refuses the login", "Check the user and the secret of the connection.");

    public static readonly ErrorCode DatabaseMissing = new(
        "AFF254", "There is no database of this name", "Correct the Database of the connection.");

    public static readonly ErrorCode CertificateNotTrusted = new(
        "AFF255", "The certificate of the database is not trusted", "Give the authority that signed it with the connection, and the host name that it is for.");

    public static readonly ErrorCode QueryRefused = new(
        "AFF256", "The database does not understand the query", "Correct the query; the message says what the database has to say about it.");

    public static readonly ErrorCode NotPermitted = new(
        "AFF257", "The user of the connection may not read what the query asks for", "Grant the user SELECT on what the message names.");

    public static readonly ErrorCode WriteRefused = new(
        "AFF258", "The query tries to write to the database", "Sources only read: remove what writes, also from functions that the query calls.");

    public static readonly ErrorCode TimedOut = new(
        "AFF259", "The query took longer than it may", "Make the query faster, or raise source.timeout.");

    public static readonly ErrorCode TooManyRows = new(
        "AFF260", "The query gives more rows than it may", "Look for a join that multiplies rows; if the query means it, raise source.maxRows.");

    public static readonly ErrorCode ConnectionLost = new(
        "AFF261", "The connection broke while rows were read", "Nothing of this read is used. Run again; if it comes back, look for a proxy or a limit that cuts long queries.");

    public static readonly ErrorCode QueryFailed = new(
        "AFF262", "The query failed while the database ran it", "Run the query by hand and look for casts, divisions and functions that fail on some rows.");

    public static readonly ErrorCode CellTooLarge = new(
        "AFF263", "A cell of the result is too large", "Cells may have up to 1 MB. Leave the column out, or shorten it in the query.");

    public static readonly ErrorCode BadConnection = new(
        "AFF264", "A key of the connection cannot be used", "Correct the key that the message names.");

    public static readonly ErrorCode ResultIncomplete = new(
        "AFF265", "A result is not as long as it was announced", "Nothing of this read is used. Run again; if it comes back, run the query by hand and compare the counts.");

    public static readonly ErrorCode AnswerUnreadable = new(
        "AFF266", "An answer of the database cannot be understood", "Check that the address of the connection is the database's and no proxy answers in its place.");
}
