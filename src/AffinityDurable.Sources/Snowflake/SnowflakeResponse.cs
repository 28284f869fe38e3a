using System.IO.Compression;
using System.Net;
using AffinityDurable.Core.Errors;

namespace AffinityDurable.Sources.Snowflake;

/// <summary>An answer that has arrived as a whole; packed bodies stay so until they are read.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Packed">The body as it came.</param>
/// <param name="IsGzip">Whether it is packed.</param>
/// <param name="RetryAfter">How long the server asks to wait.</param>
internal sealed record SnowflakeResponse(HttpStatusCode Status, byte[] Packed, bool IsGzip, TimeSpan? RetryAfter)
{
    /// <summary>Whether the same request may succeed later. A statement that ran into its time limit is 408 too, and will not.</summary>
    public bool MayPass => Status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => true,
        HttpStatusCode.RequestTimeout => AnswerIfAny()?.SqlState is null,
        _ => false,
    };

    public static async Task<SnowflakeResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        response.StatusCode,
        await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false),
        response.Content.Headers.ContentEncoding.Contains("gzip", StringComparer.OrdinalIgnoreCase),
        response.Headers.RetryAfter?.Delta);

    /// <exception cref="ProblemException">It is packed and damaged (AFF266).</exception>
    public ReadOnlyMemory<byte> Body()
    {
        if (!IsGzip)
        {
            return Packed;
        }

        try
        {
            using var gzip = new GZipStream(new MemoryStream(Packed), CompressionMode.Decompress);
            using var body = new MemoryStream(Packed.Length * 4);
            gzip.CopyTo(body);
            return body.GetBuffer().AsMemory(0, (int)body.Length);
        }
        catch (InvalidDataException)
        {
            throw SnowflakeProblems.Unreadable();
        }
    }

    public string? CodeIfAny() => AnswerIfAny()?.Code;

    private SnowflakeAnswer? AnswerIfAny()
    {
        try
        {
            return SnowflakeAnswer.Read(Body());
        }
        catch (ProblemException)
        {
            return null;
        }
    }
}
