using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Affinity;

/// <summary>One attempt at a call: request out, answer in. Throws what the transport turns into faults.</summary>
internal sealed class AffinityExchange(HttpClient http, IAffinityKey keys, TimeProvider time, int mostBytes)
{
    private const int MostRenewals = 4;

    private readonly string agent = $"AffinityDurable/{typeof(AffinityExchange).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>A refused key may have been rotated since it was read, perhaps more than once: as long as another one comes, it is tried.</summary>
    public async Task<Answer<T>> SendAsync<T>(AffinityCall<T> call, bool readOnly, CancellationToken cancellationToken)
    {
        var key = Sound(await keys.GetAsync(refresh: false, cancellationToken));
        var answer = await SendAsync(call, key, readOnly, cancellationToken);
        for (var (renewals, isNew) = (0, true); answer.Fault?.Kind == FaultKind.Unauthenticated && isNew && renewals < MostRenewals; renewals++)
        {
            // The same key has one more chance and no other, so that a revoked one costs two calls.
            var renewed = Sound(await keys.GetAsync(refresh: true, cancellationToken));
            isNew = renewed != key;
            key = renewed;
            answer = await SendAsync(call, key, readOnly, cancellationToken);
        }

        return answer;
    }

    private async Task<Answer<T>> SendAsync<T>(AffinityCall<T> call, string key, bool readOnly, CancellationToken cancellationToken)
    {
        using var request = Request(call, key, readOnly);
        call.Calls++;
        var sentAt = time.GetUtcNow();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var limits = RateLimitHeaders.Read(response, sentAt, time.GetUtcNow());
        using var body = await AnswerBody.ReadAsync(response.Content, mostBytes, cancellationToken);
        return response.IsSuccessStatusCode
            ? Success(call, response, body.Bytes, limits)
            : new Answer<T>(default, FaultReading.Read(response.StatusCode, limits, body.Bytes, key), limits);
    }

    private HttpRequestMessage Request<T>(AffinityCall<T> call, string key, bool readOnly)
    {
        var request = new HttpRequestMessage(call.Method, call.Uri);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        request.Headers.TryAddWithoutValidation(AffinityApi.VersionHeader, AffinityApi.Version);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (readOnly)
        {
            request.Options.Set(WriteGate.ReadOnly, true);
        }

        if (!call.Body.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(call.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        return request;
    }

    private static Answer<T> Success<T>(AffinityCall<T> call, HttpResponseMessage response, ReadOnlyMemory<byte> body, RateLimits limits)
    {
        if (WrongVersion(response) is { } version)
        {
            return new Answer<T>(default, new AffinityFault(FaultKind.Refused, (int)response.StatusCode, version, []), limits);
        }

        if (call.Read is null && response.StatusCode == HttpStatusCode.NoContent)
        {
            return new Answer<T>(call.Acknowledged, null, limits);
        }

        if (!IsJson(response.Content.Headers))
        {
            return Unreadable<T>("The answer is not JSON.", limits);
        }

        if (call.Read is null)
        {
            return new Answer<T>(call.Acknowledged, null, limits);
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return new Answer<T>(call.Read(document.RootElement), null, limits);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or AnswerUnreadableException)
        {
            return Unreadable<T>("The answer is cut off or of an unknown shape.", limits);
        }
    }

    /// <summary>Another version may mean other things with the same words, so nothing of it is taken.</summary>
    private static string? WrongVersion(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues(AffinityApi.VersionHeader, out var echo))
        {
            throw new AnswerUnreadableException($"The answer names no API version ({AffinityApi.VersionHeader}): it may come from something in between.");
        }

        var version = echo.ToString();
        return version == AffinityApi.Version
            ? null
            : $"Affinity answered in API version '{(version.Length <= 20 ? version : version[..20])}' instead of {AffinityApi.Version}.";
    }

    private static bool IsJson(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues("Content-Type", out var type) && type.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase);

    private static Answer<T> Unreadable<T>(string message, RateLimits limits) =>
        new(default, new AffinityFault(FaultKind.Unavailable, 0, message, []), limits);

    /// <summary>Checked here because the framework's own complaint about a header quotes its value.</summary>
    private static string Sound(string key) =>
        key.Length > 0 && key.All(c => c is > ' ' and < '\u007F')
            ? key
            : throw new ProblemException(Problem.Of(AffinityErrors.NoKey, "The API key is empty or holds a blank, a line end or a character outside ASCII."));
}
