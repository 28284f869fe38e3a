using System.Text.Json;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>What a call that creates a webhook or changes one has sent; the rest is null.</summary>
internal sealed record WebhookBody(string? Url, string[]? Events, bool? IsActive)
{
    /// <summary>Reads a body that its schema allows.</summary>
    public static WebhookBody Of(JsonElement json) => new(
        json.TryGetProperty("url", out var url) ? url.GetString() : null,
        json.TryGetProperty("subscriptions", out var types)
            ? [.. types.EnumerateArray().Select(type => type.GetString()!).Distinct(StringComparer.Ordinal)]
            : null,
        json.TryGetProperty("status", out var status) ? status.GetString() == "active" : null);
}
