namespace AffinityDurable.Functions.Triggers.Webhooks;

/// <summary>The webhook of Affinity; section <c>Webhooks:Affinity</c> of the settings.</summary>
public sealed class WebhookOptions
{
    /// <summary>A secret that the address of the webhook ends with: letters, digits, <c>-</c> and <c>_</c>, at least 32. Without it there is no webhook.</summary>
    public string? Token { get; set; }

    /// <summary>One that is still admitted until the webhook is registered with the new one.</summary>
    public string? PreviousToken { get; set; }

    /// <summary>Key of the HMAC-SHA256 that deliveries must carry; null for none.</summary>
    public string? SignatureKey { get; set; }

    /// <summary>The header that carries it, in hexadecimal or Base64, with or without <c>sha256=</c> before it.</summary>
    public string? SignatureHeader { get; set; }

    /// <summary>How long a run waits for more of the same list after the first delivery.</summary>
    public TimeSpan Debounce { get; set; } = TimeSpan.FromSeconds(10);
}
