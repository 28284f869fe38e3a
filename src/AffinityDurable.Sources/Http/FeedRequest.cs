using AffinityDurable.Sources.Http.Access;

namespace AffinityDurable.Sources.Http;

/// <summary>Requests as a definition describes them, with what its placeholders stand for.</summary>
internal static class FeedRequest
{
    /// <exception cref="AffinityDurable.Core.Errors.ProblemException">The URL leads to another host (AFF271).</exception>
    public static FeedCall Of(HttpSettings settings, FeedAddress address, Placeholders placeholders) => new(
        address.Resolve(placeholders.FillUrl(settings.Url)),
        [.. settings.Parameters.Select(parameter => KeyValuePair.Create(parameter.Key, placeholders.Fill(parameter.Value)))],
        placeholders.Fill(settings.Body),
        settings.Url)
    {
        Method = settings.Method,
        Headers = settings.Headers,
    };
}
