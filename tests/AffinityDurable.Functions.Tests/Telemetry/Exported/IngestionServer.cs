using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Functions.Tests.Telemetry.Exported;

/// <summary>Takes on a real socket what the exporter of Azure Monitor sends, and keeps it.</summary>
internal sealed class IngestionServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private IngestionServer(WebApplication app) => this.app = app;

    /// <summary>What was sent, one envelope for each row.</summary>
    public ConcurrentQueue<JsonElement> Envelopes { get; } = [];

    public string ConnectionString => $"InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint={app.Urls.Single()}/";

    public static async Task<IngestionServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var web = builder.Build();
        var server = new IngestionServer(web);
        web.MapPost("/v2.1/track", server.TakeAsync);
        await web.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        await using var body = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var reader = new StreamReader(body);
        var taken = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                Envelopes.Enqueue(JsonSerializer.Deserialize<JsonElement>(line));
                taken++;
            }
        }

        return Results.Json(new { itemsReceived = taken, itemsAccepted = taken, errors = Array.Empty<object>() });
    }
}
