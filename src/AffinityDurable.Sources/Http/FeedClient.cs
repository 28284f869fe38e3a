using System.Net;
using System.Threading.RateLimiting;
using AffinityDurable.Core.Errors;
using AffinityDurable.Sources.Http.Access;
using Polly;
using Polly.Timeout;

namespace AffinityDurable.Sources.Http;

/// <summary>Sends the requests of one read: in the pace of the feed, repeated after faults that may pass, never to another host.</summary>
internal sealed class FeedClient : IDisposable
{
    private const int MostRedirects = 5;

    private readonly HttpSettings settings;
    private readonly SourceOptions options;
    private readonly HttpTransport transport;
    private readonly Credentials credentials;
    private readonly RateLimiter? limiter;
    private readonly ResiliencePipeline<FeedAnswer> pipeline;

    public FeedClient(HttpSettings settings, SourceOptions options, HttpTransport transport, Credentials credentials, FeedAddress address)
    {
        (this.settings, this.options, this.transport, this.credentials) = (settings, options, transport, credentials);
        Address = address;
        limiter = FeedResilience.Limiter(settings.RateLimit);
        pipeline = FeedResilience.Pipeline(settings, options, limiter);
    }

    public FeedAddress Address { get; }

    /// <summary>An answer of 2xx, 304 where the call says what is known, or one of those that the caller takes.</summary>
    /// <exception cref="ProblemException">There is none (AFF271 to AFF277).</exception>
    public async Task<FeedAnswer> SendAsync(FeedCall call, Func<HttpStatusCode, bool> isTaken, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await pipeline.ExecuteAsync(async token => await AttemptAsync(call, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return IsGood(answer.Status, call) || isTaken(answer.Status) ? answer : throw Refusal(answer, call);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is { } status)
        {
            throw Failure(FeedErrors.Failing, $"TokenUrl answered {(int)status} again and again before {call.Place}.");
        }
        catch (HttpRequestException exception)
        {
            throw Failure(FeedErrors.Unreachable, $"The connection for {call.Place} failed again and again ({exception.HttpRequestError}).");
        }
        catch (IOException)
        {
            throw Failure(FeedErrors.Unreachable, $"The answer to {call.Place} broke off again and again.");
        }
        catch (TimeoutRejectedException)
        {
            throw Failure(FeedErrors.Unreachable, $"No answer to {call.Place} came in time, again and again.");
        }
    }

    public void Dispose() => limiter?.Dispose();

    /// <summary>"As it was" answers only a request that says how it was.</summary>
    private static bool IsGood(HttpStatusCode status, FeedCall call) =>
        (int)status is >= 200 and < 300 || (status == HttpStatusCode.NotModified && call.Known is not (null or { EntityTag: null, LastModified: null }));

    private static ProblemException Refusal(FeedAnswer answer, FeedCall call)
    {
        var said = $"The feed answered {call.Place} with {(int)answer.Status}";
        return answer.MayPass ? Failure(FeedErrors.Failing, $"{said} again and again.") : Failure(FeedErrors.Refused, $"{said}.");
    }

    private static ProblemException Failure(ErrorCode code, string message) => new(Problem.Of(code, message));

    /// <summary>Once more with fresh credentials after a 401, along redirects that stay on the host.</summary>
    private async Task<FeedAnswer> AttemptAsync(FeedCall call, CancellationToken cancellationToken)
    {
        Uri? address = null;
        string? refused = null;
        var renewed = false;
        for (var redirects = 0; ;)
        {
            using var request = call.Request(address);
            var proof = await credentials.ApplyAsync(request, refused, cancellationToken).ConfigureAwait(false);
            refused = null;
            using var response = await transport.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.Unauthorized && proof is not null && !renewed)
            {
                (refused, renewed) = (proof, true);
                continue;
            }

            if (!FeedStatus.IsRedirect(response.StatusCode) || call.Method != HttpMethod.Get || response.Headers.Location is not { } location || ++redirects > MostRedirects)
            {
                return await AnswerAsync(call, response, request.RequestUri!, cancellationToken).ConfigureAwait(false);
            }

            address = Address.Follow(request.RequestUri!, location.OriginalString, $"redirect of {call.Place}");
        }
    }

    private async Task<FeedAnswer> AnswerAsync(FeedCall call, HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
    {
        var answer = new FeedAnswer(response.StatusCode, address)
        {
            Links = response.Headers.TryGetValues("Link", out var links) ? [.. links] : [],
            Validators = new Validators(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified),
            RetryAfter = FeedResilience.RetryAfter(response),
        };
        if (!response.IsSuccessStatusCode)
        {
            return answer;
        }

        FeedJson.RequireType(response.Content.Headers.ContentType, call);
        var body = await BoundedBody.ReadAsync(response.Content, options.MaxAnswerMegabytes * 1024L * 1024, () => Failure(
            FeedErrors.TooLarge, $"The answer to {call.Place} has more than {options.MaxAnswerMegabytes} MB (Sources:MaxAnswerMegabytes)."), cancellationToken).ConfigureAwait(false);
        return answer with { Body = body };
    }
}
