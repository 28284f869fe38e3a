namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF77x: rows that are pushed, and news of files that have arrived.</summary>
public static class IntakeErrors
{
    public static readonly ErrorCode NoPushSource = new(
        "AFF770", "The sync takes no pushed rows", "Give the sync a source with type: push and its columns, or send the rows to another sync.");

    public static readonly ErrorCode BadBody = new(
        "AFF771", "The body of a push cannot be read", "Send a JSON array of objects or one JSON object a line, whole, in UTF-8. Nothing was staged.");

    public static readonly ErrorCode BadRow = new(
        "AFF772", "A pushed row cannot be taken", "Send objects whose keys are among the columns of the source, each once, with a value in a column that finds the entry. Nothing was staged.");

    public static readonly ErrorCode TooLarge = new(
        "AFF773", "The push is too large", "Send fewer rows at a time, or raise Push__MaxMegabytes. Nothing was staged.");

    public static readonly ErrorCode KeyUsed = new(
        "AFF774", "The idempotency key came before with other rows", "Give every push a key of its own; repeat a push with the same rows. Nothing was staged.");

    public static readonly ErrorCode UnknownEncoding = new(
        "AFF775", "The body is packed in a way that is not known", "Send it as it is, or with Content-Encoding: gzip.");

    public static readonly ErrorCode NotANotice = new(
        "AFF776", "The notification is not understood", "Send what S3, SNS, EventBridge, Pub/Sub or Event Grid send when an object was created.");

    public static readonly ErrorCode NotWaiting = new(
        "AFF777", "The sync does not wait for files", "Add onArrival: true to the source of the files, or send the notification to another sync.");
}
