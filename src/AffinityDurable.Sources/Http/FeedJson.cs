using System.Net.Http.Headers;
using System.Text.Json;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Http;

/// <summary>Answers as JSON.</summary>
internal static class FeedJson
{
    /// <exception cref="ProblemException">Another type (AFF276).</exception>
    public static void RequireType(MediaTypeHeaderValue? type, FeedCall call)
    {
        var name = type?.MediaType;
        if (name is not null && name is not ("application/json" or "text/json") && !name.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(Problem.Of(FeedErrors.NotJson, $"The answer to {call.Place} is of type {name}."));
        }
    }

    /// <exception cref="ProblemException">It is none (AFF276).</exception>
    public static JsonDocument Parse(FeedAnswer answer, FeedCall call)
    {
        try
        {
            return JsonDocument.Parse(answer.Body);
        }
        catch (JsonException exception)
        {
            // The message of the exception may quote the body.
            throw new ProblemException(Problem.Of(
                FeedErrors.NotJson, $"The answer to {call.Place} breaks off or is no JSON (at byte {exception.BytePositionInLine} of its line {exception.LineNumber + 1})."));
        }
    }
}
