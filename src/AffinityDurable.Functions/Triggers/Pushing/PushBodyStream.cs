using System.Security.Cryptography;
using AffinityDurable.Core.Errors;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AffinityDurable.Functions.Triggers.Pushing;

/// <summary>The unpacked body of a push: hashed while it is read, never longer than allowed, and failing in one way when it is cut off.</summary>
internal sealed class PushBodyStream : Stream
{
    private const int BytesOfHeaders = 64 * 1024;

    private readonly Stream body;
    private readonly long most;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long length;

    private PushBodyStream(Stream body, long most) => (this.body, this.most) = (body, most);

    /// <exception cref="PushRefusedException">Longer than allowed, cut off, or packed in a way that is not known.</exception>
    public static async Task<PushBodyStream> OpenAsync(HttpRequest request, long most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
        {
            throw TooLarge(most);
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most + BytesOfHeaders;
        }

        var encoding = request.Headers.ContentEncoding.ToString();
        return encoding.ToUpperInvariant() switch
        {
            "" or "IDENTITY" => new PushBodyStream(request.Body, most),
            "GZIP" => new PushBodyStream(await UnpackAsync(request.Body, most, cancellationToken), most),
            _ => throw new PushRefusedException(
                StatusCodes.Status415UnsupportedMediaType, Problem.Of(IntakeErrors.UnknownEncoding, "The body has a Content-Encoding that is not known.")),
        };
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Hash of all that was read.</summary>
    public string Hash() => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Reads what comes after the rows: a body counts only when its end was seen.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        var rest = new byte[1024];
        while (await ReadAsync(rest, cancellationToken) > 0)
        {
            // White space; anything else was an error of the JSON.
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await ReadBodyAsync(buffer, cancellationToken);
        length += read;
        if (length > most)
        {
            throw TooLarge(most);
        }

        hash.AppendData(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Packed rows are read first and are small: what unpacks them has to see their end, which the stream of .NET does not ask for.</summary>
    private static async Task<Stream> UnpackAsync(Stream body, long most, CancellationToken cancellationToken)
    {
        var packed = new MemoryStream();
        await using (var arriving = new PushBodyStream(body, most))
        {
            await arriving.CopyToAsync(packed, cancellationToken);
        }

        packed.Position = 0;
        return new GZipInputStream(packed);
    }

    private async ValueTask<int> ReadBodyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(most);
        }
        catch (Exception exception) when (exception is IOException or SharpZipBaseException)
        {
            throw new PushRefusedException(
                StatusCodes.Status400BadRequest, Problem.Of(IntakeErrors.BadBody, "The body ends before it is complete, or what packs it is damaged. Nothing of it was kept."));
        }
    }

    private static PushRefusedException TooLarge(long most) => new(
        StatusCodes.Status413PayloadTooLarge, Problem.Of(IntakeErrors.TooLarge, $"The body is larger than {most / (1 << 20)} MB, unpacked."));
}

/// <summary>A push that is not taken.</summary>
internal sealed class PushRefusedException(int status, params IReadOnlyList<Problem> problems) : Exception("The push is refused.")
{
    public int Status => status;

    public IReadOnlyList<Problem> Problems => problems;
}
