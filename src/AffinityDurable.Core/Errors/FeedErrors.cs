namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF270 to AFF288: feeds and lookups over HTTP. 284 and 285 are records that are no rows, the others end the read.</summary>
public static class FeedErrors
{
    public static readonly ErrorCode BadAddress = new(
        "AFF270", "The address of a connection cannot be used", "Set an absolute https address; http is for this machine only.");

    public static readonly ErrorCode OtherHost = new(
        "AFF271", "A feed leads to another host", "Let the connection's BaseUrl name the host that answers. Credentials are sent to no other.");

    public static readonly ErrorCode Unreachable = new(
        "AFF272", "The feed cannot be reached", "Check BaseUrl, the network and the other side's status, then run again.");

    public static readonly ErrorCode Refused = new(
        "AFF273", "The feed refuses the request", "401 and 403: check the credentials of the connection and what they may read. 400, 404 and 422: check url, parameters and body.");

    public static readonly ErrorCode Failing = new(
        "AFF274", "The feed is busy or failing", "Run again later; lower rateLimit if the answers are 429.");

    public static readonly ErrorCode NoToken = new(
        "AFF275", "No access token was given", "Check TokenUrl, ClientId, ClientSecret and Scope of the connection.");

    public static readonly ErrorCode NotJson = new(
        "AFF276", "An answer of the feed is not JSON", "Check url: a page for people or a proxy may have answered.");

    public static readonly ErrorCode TooLarge = new(
        "AFF277", "The feed gives more than a read may hold", "Ask for smaller pages, name the columns in need, or raise the setting that the message names.");

    public static readonly ErrorCode NoRecords = new(
        "AFF278", "An answer has nothing where its records should be", "Correct records: it names the list in the answer, such as $.data[*].");

    public static readonly ErrorCode PagesRepeat = new(
        "AFF279", "The pages of the feed repeat", "Correct paging: the parameter may not be the one that the feed reads.");

    public static readonly ErrorCode TooManyPages = new(
        "AFF280", "The feed has more pages than it may have", "Ask for larger pages or raise paging.maxPages.");

    public static readonly ErrorCode ColumnsUnknown = new(
        "AFF281", "A feed without records has no known columns", "Name them under columns.");

    public static readonly ErrorCode ColumnGone = new(
        "AFF282", "A column is in no record of the feed", "Correct the path under columns, or ask the other side what became of it.");

    public static readonly ErrorCode Incomplete = new(
        "AFF283", "The feed gave fewer or more records than it announced", "Run again; the feed may have changed while it was read.");

    public static readonly ErrorCode ShapeChanged = new(
        "AFF284", "A record has another shape than the records before it", "Look at the record; name the columns in need under columns.");

    public static readonly ErrorCode LookupRefused = new(
        "AFF285", "A lookup was refused for one entry", "Look at the key that the entry has in Affinity; it is asked again at the next run.");

    public static readonly ErrorCode OutOfTime = new(
        "AFF286", "The feed took longer than it may", "Raise timeout, ask for larger pages, or ask only for what changed.");

    public static readonly ErrorCode LookupsStopped = new(
        "AFF287", "Lookups ended before all were made", "Run again: what was answered is kept, the rest is asked.");

    public static readonly ErrorCode BadKey = new(
        "AFF288", "A key of an HTTP source cannot be used", "Correct the key as the message says.");
}
