using System.Buffers;
using System.Globalization;
using System.Text;
using AffinityDurable.Simulator.Faults;
using Microsoft.AspNetCore.Http;

namespace AffinityDurable.Simulator.Gateway;

/// <summary>Sends a spoilt body in place of the whole one, under the status of the answer.</summary>
internal static class BodyBreaker
{
    private const string Json = "application/json; charset=utf-8";

    /// <summary>Stands for the body of an answer that has none, so that there is something to cut.</summary>
    private static readonly byte[] NoBody = "{\"data\":[],\"pagination\":{}}"u8.ToArray();

    private static readonly byte[] NoJson = "{\"data\":[{\"id\":}],pagination"u8.ToArray();

    private static readonly byte[] Page = Encoding.UTF8.GetBytes("""
        <!DOCTYPE html>
        <html><head><title>One moment, please</title></head>
        <body><h1>One moment, please</h1><p>Your request is being checked.</p></body></html>

        """);

    public static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> whole, BrokenBody kind)
    {
        var response = context.Response;
        if (whole.IsEmpty)
        {
            // 204 cannot have a body.
            (whole, response.StatusCode) = (NoBody, StatusCodes.Status200OK);
        }

        response.ContentType = kind == BrokenBody.Html ? "text/html; charset=utf-8" : Json;
        Write(response, whole, kind);

        // Less than the length says is only sent when it is sent before the server counts it; it then closes the connection. All else is
        // sent at the end, as whole answers are: whoever has one finds it counted.
        if (kind is BrokenBody.Truncated or BrokenBody.TruncatedChunks)
        {
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }
    }

    private static void Write(HttpResponse response, ReadOnlyMemory<byte> whole, BrokenBody kind)
    {
        var half = whole[..(whole.Length / 2)];
        switch (kind)
        {
            case BrokenBody.Truncated:
                Write(response, half, whole.Length);
                break;
            case BrokenBody.TruncatedChunks:
                WriteFirstChunk(response, half);
                break;
            case BrokenBody.CutJson:
                Write(response, half, half.Length);
                break;
            case BrokenBody.MalformedJson:
                Write(response, NoJson, NoJson.Length);
                break;
            default:
                Write(response, Page, Page.Length);
                break;
        }
    }

    private static void Write(HttpResponse response, ReadOnlyMemory<byte> body, int length)
    {
        response.ContentLength = length;
        response.BodyWriter.Write(body.Span);
    }

    /// <summary>Writes the one chunk by hand: the server would add the last one, which is to be missing.</summary>
    private static void WriteFirstChunk(HttpResponse response, ReadOnlyMemory<byte> body)
    {
        response.Headers.TransferEncoding = "chunked";
        response.Headers.Connection = "close";
        response.BodyWriter.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{body.Length:x}\r\n")));
        response.BodyWriter.Write(body.Span);
        response.BodyWriter.Write("\r\n"u8);
    }
}
