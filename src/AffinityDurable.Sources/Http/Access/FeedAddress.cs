using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Connections;

namespace AffinityDurable.Sources.Http.Access;

/// <summary>Where the feed of a connection lives. Nothing is sent anywhere else.</summary>
internal sealed class FeedAddress
{
    private readonly Uri baseUrl;
    private readonly string connection;

    /// <exception cref="ProblemException">No base URL (AFF291), or one that cannot be used (AFF270).</exception>
    public FeedAddress(SourceConnection connection)
    {
        this.connection = connection.Name;
        baseUrl = Usable(connection, "BaseUrl");
    }

    /// <summary>An address of a connection's settings.</summary>
    /// <exception cref="ProblemException">It is not set (AFF291), or is no https address (AFF270).</exception>
    public static Uri Usable(SourceConnection connection, string key)
    {
        var usable = Uri.TryCreate(connection.Require(key), UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            && url.UserInfo.Length == 0;
        return usable ? url! : throw new ProblemException(Problem.Of(FeedErrors.BadAddress, $"{key} of connection '{connection.Name}' is no https address."));
    }

    /// <summary>A path below the base URL, or an absolute address on its host.</summary>
    /// <exception cref="ProblemException">Another host (AFF271).</exception>
    public Uri Resolve(string url) => url.Contains("://", StringComparison.Ordinal)
        ? Require(new Uri(url, UriKind.RelativeOrAbsolute), "url of the source")
        : new Uri($"{baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{url.TrimStart('/')}");

    /// <summary>An address that an answer gave.</summary>
    /// <param name="from">The address that answered.</param>
    /// <param name="given">Absolute, or relative to it.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="ProblemException">Another host (AFF271).</exception>
    public Uri Follow(Uri from, string given, string what) => Uri.TryCreate(from, given, out var next)
        ? Require(next, what)
        : throw new ProblemException(Problem.Of(FeedErrors.OtherHost, $"The {what} is no address."));

    private Uri Require(Uri url, string what) =>
        url.IsAbsoluteUri && url.UserInfo.Length == 0 && (url.Scheme, url.IdnHost, url.Port) == (baseUrl.Scheme, baseUrl.IdnHost, baseUrl.Port)
            ? url
            : throw new ProblemException(Problem.Of(FeedErrors.OtherHost, $"The {what} leads to another host than BaseUrl of connection '{connection}'."));
}
