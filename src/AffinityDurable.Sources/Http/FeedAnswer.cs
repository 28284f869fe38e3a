using System.Net;

namespace AffinityDurable.Sources.Http;

/// <summary>An answer that has come whole.</summary>
internal sealed record FeedAnswer(HttpStatusCode Status, Uri Address)
{
    public byte[] Body { get; init; } = [];

    /// <summary>The values of the <c>Link</c> headers.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    public Validators Validators { get; init; } = new(null, null);

    /// <summary>How long the feed asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool MayPass => FeedStatus.MayPass(Status);
}
