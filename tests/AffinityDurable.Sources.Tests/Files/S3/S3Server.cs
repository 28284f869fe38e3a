using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Sources.Tests.Files.S3;

/// <summary>The reading part of the S3 protocol on a real socket: lists with continuation, objects with ETag, conditions and ranges; every signature is checked.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "exports";
    public const string AccessKeyId = "AKIATESTTESTTESTTEST";
    public const string Secret = "canary/secret+of/the/s3/server";
    public const string Region = "eu-west-1";

    private static readonly XNamespace Xml = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly WebApplication _app;

    private S3Server(WebApplication app) => _app = app;

    /// <summary>Objects of the bucket by key.</summary>
    public SortedDictionary<string, (byte[] Content, DateTimeOffset WrittenAt)> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Objects in one page of a list.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>Bytes of an object after which the connection is cut; null never.</summary>
    public int? CutAfter { get; set; }

    /// <summary>Called before an object is sent.</summary>
    public Action<string>? BeforeGet { get; set; }

    /// <summary>A status that answers everything; null for the truth.</summary>
    public int? Answer { get; set; }

    /// <summary>A session token that requests must carry; null for none.</summary>
    public string? SessionToken { get; set; }

    /// <summary>Methods, keys and kinds of the requests whose signature was right.</summary>
    public List<string> Requests { get; } = [];

    public string Address { get; private init; } = "";

    public static async Task<S3Server> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        S3Server? server = null;
        app.Run(context => server!.HandleAsync(context));
        await app.StartAsync();
        return server = new S3Server(app) { Address = app.Urls.Single() };
    }

    public void Put(string key, string content, DateTimeOffset? writtenAt = null) => Put(key, Encoding.UTF8.GetBytes(content), writtenAt);

    public void Put(string key, byte[] content, DateTimeOffset? writtenAt = null) =>
        Objects[key] = (content, writtenAt ?? new DateTimeOffset(2026, 11, 2, 1, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (Answer is { } status)
        {
            await FailAsync(context, status, "InternalError");
            return;
        }

        if (SignatureFault(context.Request) is { } fault)
        {
            await FailAsync(context, StatusCodes.Status403Forbidden, fault);
            return;
        }

        var path = context.Request.Path.Value!.Split('/', 3);
        lock (Requests)
        {
            Requests.Add($"{context.Request.Method} {path.ElementAtOrDefault(2)}");
        }

        if (path[1] != Bucket)
        {
            await FailAsync(context, StatusCodes.Status404NotFound, "NoSuchBucket");
        }
        else if (path.Length == 2 || path[2].Length == 0)
        {
            await ListAsync(context);
        }
        else
        {
            await GetAsync(context, path[2]);
        }
    }

    private string? SignatureFault(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(SignatureV4.Algorithm + " ", StringComparison.Ordinal))
        {
            return "AccessDenied";
        }

        var parts = header[SignatureV4.Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var (id, scope) = parts["Credential"].Split('/', 2) is [var first, var rest] ? (first, rest) : ("", "");
        var signed = parts["SignedHeaders"].Split(';');
        var sentAt = DateTimeOffset.ParseExact(request.Headers["x-amz-date"].ToString(), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return id != AccessKeyId ? "InvalidAccessKeyId"
            : scope != $"{sentAt:yyyyMMdd}/{Region}/s3/aws4_request" || !signed.Contains("host") || !signed.Contains("x-amz-date") ? "AuthorizationHeaderMalformed"
            : (DateTimeOffset.UtcNow - sentAt).Duration() > TimeSpan.FromMinutes(15) ? "RequestTimeTooSkewed"
            : SessionToken is not null && request.Headers["x-amz-security-token"] != SessionToken ? "InvalidToken"
            : SignatureV4.Of(request, signed, scope, Secret) != parts["Signature"] ? "SignatureDoesNotMatch"
            : null;
    }

    private async Task ListAsync(HttpContext context)
    {
        var prefix = context.Request.Query["prefix"].ToString();
        var after = context.Request.Query["continuation-token"].ToString();
        var left = Objects.Where(found => found.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(found.Key, after) > 0).ToList();
        var page = left.Take(PageSize).ToList();
        var result = new XElement(
            Xml + "ListBucketResult",
            new XElement(Xml + "Name", Bucket),
            new XElement(Xml + "Prefix", prefix),
            new XElement(Xml + "KeyCount", page.Count),
            new XElement(Xml + "IsTruncated", left.Count > page.Count ? "true" : "false"),
            left.Count > page.Count ? new XElement(Xml + "NextContinuationToken", page[^1].Key) : null,
            page.Select(found => new XElement(
                Xml + "Contents",
                new XElement(Xml + "Key", found.Key),
                new XElement(Xml + "LastModified", found.Value.WrittenAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
                new XElement(Xml + "ETag", TagOf(found.Value.Content)),
                new XElement(Xml + "Size", found.Value.Content.Length))));
        await SendAsync(context, result);
    }

    private async Task GetAsync(HttpContext context, string key)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            BeforeGet?.Invoke(key);
        }

        if (!Objects.TryGetValue(key, out var found))
        {
            await FailAsync(context, StatusCodes.Status404NotFound, "NoSuchKey");
            return;
        }

        var condition = context.Request.Headers.IfMatch.ToString();
        if (condition.Length > 0 && condition != TagOf(found.Content))
        {
            await FailAsync(context, StatusCodes.Status412PreconditionFailed, "PreconditionFailed");
            return;
        }

        var range = context.Request.GetTypedHeaders().Range?.Ranges.Single();
        var (from, to) = ((int)(range?.From ?? 0), (int)(range?.To ?? found.Content.Length - 1));
        context.Response.StatusCode = range is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        context.Response.ContentLength = to - from + 1;
        context.Response.Headers.ETag = TagOf(found.Content);
        context.Response.Headers.LastModified = found.WrittenAt.ToString("R", CultureInfo.InvariantCulture);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var content = found.Content.AsMemory(from, to - from + 1);
        await context.Response.Body.WriteAsync(CutAfter < content.Length ? content[..CutAfter.Value] : content);
        if (CutAfter < content.Length)
        {
            await context.Response.Body.FlushAsync();
            context.Abort();
        }
    }

    // In the form of an object that was uploaded in parts: no hash of the whole.
    private static string TagOf(byte[] content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}-1\"";

    private static Task FailAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask
            : SendAsync(context, new XElement("Error", new XElement("Code", code), new XElement("Message", "As the code says."), new XElement("RequestId", "1")));
    }

    private static Task SendAsync(HttpContext context, XElement body)
    {
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(new XDocument(body).ToString(SaveOptions.DisableFormatting));
    }
}
