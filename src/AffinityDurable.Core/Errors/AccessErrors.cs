namespace AffinityDurable.Core.Errors;

/// <summary>Codes AFF74x: who may call the HTTP API, and with what.</summary>
public static class AccessErrors
{
    public static readonly ErrorCode NoCredentials = new(
        "AFF740",
        "The request does not say who calls",
        "Send a key in X-Api-Key or as a bearer token, or sign in where the app has App Service authentication.");

    public static readonly ErrorCode KeyUnknown = new(
        "AFF741",
        "The key is not known here",
        "Check the key; `affinity-durable keys new hightouch` makes another, with the settings that the host needs.");

    public static readonly ErrorCode PrincipalNotBelieved = new(
        "AFF742",
        "The sign-in of the request is not believed",
        "Sign in through App Service authentication, or send a key. What the platform says is believed only where authentication is on and Access__Entra__Enabled is true.");

    public static readonly ErrorCode RoleMissing = new(
        "AFF743",
        "The caller does not have the role",
        "Ask whoever runs the host for the role that the message names.");

    public static readonly ErrorCode SettingsUnusable = new(
        "AFF744",
        "A setting of the access cannot be used",
        "Correct the setting that the message names; `affinity-durable keys new hightouch` prints lines that fit.");

    public static readonly ErrorCode KeyCannotApprove = new(
        "AFF745",
        "A key cannot have the role approver",
        "Give the key the role reader or operator. Plans are approved by people: from this machine, or signed in.");

    public static readonly ErrorCode OpenWithoutKey = new(
        "AFF746",
        "The address can be reached from other machines, and there is no key",
        "Make a key with `affinity-durable keys new hightouch` and set what it prints, or listen on http://127.0.0.1:7272.");

    public static readonly ErrorCode BodyTooLarge = new(
        "AFF747",
        "The body of the request is too large",
        "Send less at once; the message says how much is taken.");

    public static readonly ErrorCode SenderNotBelieved = new(
        "AFF748",
        "The token of the sender is not believed",
        "Compare audience and service account of the push subscription with Access__PubSub in the settings.");

    public static readonly ErrorCode SigningKeysMissing = new(
        "AFF749",
        "Whether Google has signed the token cannot be found out now",
        "Nothing, if it passes: Pub/Sub pushes again. Otherwise let the host reach the address that the message names.");
}
