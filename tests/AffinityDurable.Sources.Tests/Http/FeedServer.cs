using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Sources.Tests.Http;

/// <summary>A feed on a real socket; the test says what it answers.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private FeedServer(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    /// <summary>What was asked, in the order of arrival.</summary>
    public ConcurrentQueue<FeedRequestSeen> Requests { get; } = new();

    public IEnumerable<string> Asked => Requests.Select(request => request.Target);

    public static async Task<FeedServer> StartAsync(Func<HttpContext, FeedRequestSeen, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(options => options.Limits.MaxResponseBufferSize = 1024);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var web = builder.Build();
        var server = new FeedServer(web);
        web.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var seen = new FeedRequestSeen(
                context.Request.Method,
                context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await reader.ReadToEndAsync(),
                DateTimeOffset.UtcNow);
            server.Requests.Enqueue(seen);
            await answer(context, seen);
        });
        await web.StartAsync();
        return server;
    }

    /// <summary>A feed that answers every request with JSON.</summary>
    public static Task<FeedServer> StartAsync(Func<FeedRequestSeen, string> answer) =>
        StartAsync((context, seen) => JsonAsync(context, answer(seen)));

    public static Task JsonAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(json);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record FeedRequestSeen(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body, DateTimeOffset At)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
