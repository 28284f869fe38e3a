using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Sources.Tests.Snowflake;

/// <summary>Speaks Snowflake's SQL API as it is documented: signed tokens, asynchronous statements, partitions.</summary>
internal sealed class SnowflakeServer : IAsyncDisposable
{
    public const string Account = "acme-prod";
    public const string User = "sync";

    private readonly ConcurrentDictionary<string, string> handles = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Fault> faults = new();
    private readonly WebApplication app;
    private readonly SnowflakeScript script;
    private int polls;

    private SnowflakeServer(SnowflakeScript script)
    {
        this.script = script;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Use(GuardAsync);
        app.MapPost("/api/v2/statements", SubmitAsync);
        app.MapGet("/api/v2/statements/{handle}", StatusAsync);
        app.MapPost("/api/v2/statements/{handle}/cancel", CancelAsync);
    }

    public RSA Key { get; } = RSA.Create(2048);

    public string Url => app.Urls.First();

    /// <summary>Every request: method, path with query, token.</summary>
    public ConcurrentQueue<(string Method, string Target, string Token)> Requests { get; } = new();

    public ConcurrentQueue<JsonObject> Bodies { get; } = new();

    public ConcurrentDictionary<string, bool> Revoked { get; } = new(StringComparer.Ordinal);

    /// <summary>Statements that were run, whatever was submitted again.</summary>
    public int Statements => handles.Count;

    public int Cancelled { get; private set; }

    /// <summary>An OAuth token that is taken as well.</summary>
    public string? OAuthToken { get; set; }

    public static async Task<SnowflakeServer> StartAsync(SnowflakeScript? script = null)
    {
        var server = new SnowflakeServer(script ?? new SnowflakeScript());
        await server.app.StartAsync();
        return server;
    }

    /// <summary>The next request whose target holds a text gets an answer of its own.</summary>
    public void Next(string target, Func<HttpContext, Task> answer) => faults.Enqueue(new Fault(target, answer, IsLasting: false));

    public void Next(string target, int status, string? retryAfter = null, string body = "") => Next(target, Answer(status, retryAfter, body));

    public void Always(string target, Func<HttpContext, Task> answer) => faults.Enqueue(new Fault(target, answer, IsLasting: true));

    public void Always(string target, int status) => Always(target, Answer(status, retryAfter: null, ""));

    /// <summary>Half of an answer, and then the connection is gone.</summary>
    public static async Task CutAsync(HttpContext context)
    {
        context.Response.ContentLength = 10_000;
        await context.Response.WriteAsync("""{ "data": [["3", "c"],""");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    public ValueTask DisposeAsync()
    {
        Key.Dispose();
        return app.DisposeAsync();
    }

    private static Func<HttpContext, Task> Answer(int status, string? retryAfter, string body) => context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return context.Response.WriteAsync(body);
    };

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var target = context.Request.Path + context.Request.QueryString;
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        Requests.Enqueue((context.Request.Method, target, token));
        if (Fault(target) is { } fault)
        {
            await fault.Answer(context);
        }
        else if (!IsAdmitted(context.Request, token))
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsJsonAsync(new { code = "390144", message = "JWT token is invalid." });
        }
        else
        {
            await next(context);
        }
    }

    private Fault? Fault(string target)
    {
        var fault = faults.FirstOrDefault(fault => !fault.IsSpent && target.Contains(fault.Target, StringComparison.Ordinal));
        if (fault is { IsLasting: false })
        {
            fault.IsSpent = true;
        }

        return fault;
    }

    private bool IsAdmitted(HttpRequest request, string token) => !Revoked.ContainsKey(token)
        && request.Headers.UserAgent.Count > 0
        && request.Headers["X-Snowflake-Authorization-Token-Type"].ToString() switch
        {
            "KEYPAIR_JWT" => SnowflakeJwt.IsValid(token, Key, Account, User),
            "OAUTH" => token == OAuthToken,
            _ => false,
        };

    private async Task SubmitAsync(HttpContext context)
    {
        var body = (await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body))!;
        Bodies.Enqueue(body);
        var handle = handles.GetOrAdd(context.Request.Query["requestId"].ToString(), _ => Guid.NewGuid().ToString());
        await (context.Request.Query["async"] == "true" ? RunningAsync(context, handle) : ResultAsync(context, handle, partition: 0));
    }

    private Task StatusAsync(HttpContext context, string handle)
    {
        if (!handles.Values.Contains(handle))
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }

        if (context.Request.Query["partition"] is [{ } number])
        {
            return ResultAsync(context, handle, int.Parse(number));
        }

        return script.Polls < 0 || ++polls < script.Polls ? RunningAsync(context, handle) : ResultAsync(context, handle, partition: 0);
    }

    private Task CancelAsync(HttpContext context, string handle)
    {
        Cancelled++;
        return context.Response.WriteAsJsonAsync(new { code = "000604", sqlState = "57014", message = "SQL execution canceled", statementHandle = handle });
    }

    private static Task RunningAsync(HttpContext context, string handle)
    {
        context.Response.StatusCode = 202;
        return context.Response.WriteAsJsonAsync(new
        {
            code = "333334",
            message = "Asynchronous execution in progress. Use provided query id to perform query monitoring and management.",
            statementHandle = handle,
            statementStatusUrl = $"/api/v2/statements/{handle}?requestId={Guid.NewGuid()}",
        });
    }

    private async Task ResultAsync(HttpContext context, string handle, int partition)
    {
        if (script.Failure is { } failure)
        {
            context.Response.StatusCode = failure.Status;
            await context.Response.WriteAsJsonAsync(new { code = failure.Code, sqlState = failure.SqlState, message = failure.Message, statementHandle = handle });
            return;
        }

        var answer = new JsonObject();
        if (partition == 0)
        {
            answer["resultSetMetaData"] = Metadata();
            answer["code"] = "090001";
            answer["statementHandle"] = handle;
        }

        answer["data"] = JsonSerializer.SerializeToNode(script.Partitions[partition]);
        await WriteAsync(context, answer, packed: partition > 0);
    }

    private JsonObject Metadata() => new()
    {
        ["numRows"] = script.AnnouncedRows ?? script.Partitions.Sum(rows => rows.Length),
        ["format"] = "jsonv2",
        ["rowType"] = new JsonArray([.. script.Columns.Select(column => new JsonObject { ["name"] = column.Name, ["type"] = column.Type.ToLowerInvariant(), ["nullable"] = true })]),
        ["partitionInfo"] = new JsonArray([.. script.Partitions.Select(rows => new JsonObject { ["rowCount"] = rows.Length, ["uncompressedSize"] = 1000 })]),
    };

    private static async Task WriteAsync(HttpContext context, JsonObject answer, bool packed)
    {
        context.Response.ContentType = "application/json";
        if (!packed)
        {
            await context.Response.WriteAsync(answer.ToJsonString());
            return;
        }

        context.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        await JsonSerializer.SerializeAsync(gzip, answer);
    }
}

/// <summary>An answer in place of the right one.</summary>
internal sealed record Fault(string Target, Func<HttpContext, Task> Answer, bool IsLasting)
{
    public bool IsSpent { get; set; }
}
