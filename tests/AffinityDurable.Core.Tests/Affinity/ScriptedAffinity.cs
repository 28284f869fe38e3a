using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Core.Tests.Affinity;

/// <summary>A server on a loopback socket that answers what the test says, in order, and keeps what it was asked.</summary>
internal sealed class ScriptedAffinity : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> replies = new();

    private ScriptedAffinity(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public ConcurrentQueue<Received> Calls { get; } = new();

    public IReadOnlyList<string> Paths => [.. Calls.Select(call => call.Path)];

    public static async Task<ScriptedAffinity> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new ScriptedAffinity(builder.Build());
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>The next answer; the last one is given again and again.</summary>
    public ScriptedAffinity Then(Func<HttpContext, Task> reply)
    {
        replies.Enqueue(reply);
        return this;
    }

    public ScriptedAffinity Then(int status, string json, params (string Name, string Value)[] headers) => Then(Reply.Json(status, json, headers));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Calls.Enqueue(new Received(
            context.Request.Method,
            context.Request.Path,
            context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body));
        var reply = replies.Count > 1 && replies.TryDequeue(out var next) ? next : replies.TryPeek(out var last) ? last : Reply.Json(500, "{}");
        await reply(context);
    }
}

internal sealed record Received(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body);
