using AffinityDurable.Simulator.Control;
using AffinityDurable.Simulator.Validation;

namespace AffinityDurable.Simulator.Webhooks;

/// <summary>What a URL must be before anything is sent to it.</summary>
internal static class WebhookUrl
{
    /// <exception cref="ApiException">
    /// 400 on <c>url</c>: not absolute, neither http nor https, with credentials, or of the control API.
    /// </exception>
    public static Uri Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw ApiException.Invalid("url", "The URL must be absolute and begin with http:// or https://.");
        }

        // It trusts callers of this machine, which deliveries are.
        if (ControlGate.IsFor(url))
        {
            throw ApiException.Invalid("url", "The URL must not be one of the control API.");
        }

        return url.UserInfo.Length == 0 ? url : throw ApiException.Invalid("url", "The URL must not carry credentials.");
    }
}
