using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Tests.Secrecy;

/// <summary>Refuses everything and quotes in its refusal all that it was sent, as careless services do.</summary>
internal sealed class IndiscreetServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private IndiscreetServer(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>All that was sent, to show that the secret was there to be quoted.</summary>
    public ConcurrentQueue<string> Heard { get; } = [];

    public static async Task<IndiscreetServer> StartAsync(int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new IndiscreetServer(builder.Build());
        server.app.Run(context => server.QuoteAsync(context, status));
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task QuoteAsync(HttpContext context, int status)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));
        var heard = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}\n{headers}\n{await reader.ReadToEndAsync()}";
        Heard.Enqueue(heard);
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new { code = "000000", message = heard, error = heard, error_description = heard });
    }
}
