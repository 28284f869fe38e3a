namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF76x: what comes from outside by itself, and the work that it leaves.</summary>
public static class EventErrors
{
    public static readonly ErrorCode WorkGivenUp = new(
        "AFF760",
        "Pending work could not be done",
        "Look at the run that tried last, remove the cause, then let the work be tried again with POST /api/syncs/{sync}/work/retry.");

    public static readonly ErrorCode TooManyWebhooks = new(
        "AFF761",
        "The organisation has no webhook left",
        "Remove one that is not needed any more in its own product, or in Affinity's settings, then register again.");

    public static readonly ErrorCode DeliveryUnreadable = new(
        "AFF762",
        "The delivery of a webhook cannot be understood",
        "Only Affinity should post to this address. If it is Affinity, report the type that the log names.");

    public static readonly ErrorCode DeliveryUnsigned = new(
        "AFF763",
        "The delivery of a webhook is not signed",
        "Check Webhooks__Affinity__SignatureKey and __SignatureHeader against Affinity's settings, or remove both.");

    public static readonly ErrorCode WebhookSettingsUnusable = new(
        "AFF764",
        "A setting of the webhook cannot be used",
        "Correct the setting that the message names; `affinity-durable webhook token` prints a token that fits.");

    public static readonly ErrorCode NothingToSubscribe = new(
        "AFF765",
        "No sync asks for what happens in Affinity",
        "Give a definition onNewEntry or onField, then register again.");

    public static readonly ErrorCode WebhookRefused = new(
        "AFF766",
        "Affinity does not accept the webhook",
        "Check that the address can be reached from the internet over https and that the host runs with the same token: Affinity posts a test to it.");
}
