using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.Simulator.Tests;

/// <summary>A server to send webhooks to: keeps what it is sent, and answers 200 unless told otherwise.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly ConcurrentQueue<Task<int>> _answers = new();

    private WebhookReceiver(IPAddress address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(address, 0));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public Uri BaseAddress { get; private set; } = null!;

    public string Url => UrlOf("hook");

    public static async Task<WebhookReceiver> StartAsync(IPAddress? address = null)
    {
        var receiver = new WebhookReceiver(address ?? IPAddress.Loopback);
        await receiver._app.StartAsync();
        var features = receiver._app.Services.GetRequiredService<IServer>().Features;
        receiver.BaseAddress = new Uri(features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        return receiver;
    }

    public string UrlOf(string path) => new Uri(BaseAddress, path).ToString();

    /// <summary>The statuses of the next answers.</summary>
    public void AnswerNext(params int[] statuses)
    {
        foreach (var status in statuses)
        {
            _answers.Enqueue(Task.FromResult(status));
        }
    }

    /// <summary>The next request is not answered before the result is set.</summary>
    public TaskCompletionSource<int> HoldNext()
    {
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _answers.Enqueue(answer.Task);
        return answer;
    }

    /// <summary>Waits for the next request that was not taken yet.</summary>
    public Task<Received> NextAsync() => _received.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Takes all requests that came and were not taken yet.</summary>
    public IReadOnlyList<Received> TakeAll()
    {
        var all = new List<Received>();
        while (_received.Reader.TryRead(out var request))
        {
            all.Add(request);
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var answer = _answers.TryDequeue(out var told) ? told : Task.FromResult(200);
        _received.Writer.TryWrite(new Received(
            context.Request.Method, context.Request.Path, context.Request.ContentType, context.Request.Headers["X-Simulated-Signature"], body));
        context.Response.StatusCode = await answer.WaitAsync(context.RequestAborted);
        context.Response.Headers.Location = UrlOf("elsewhere");
    }
}

/// <summary>A request as it came.</summary>
internal sealed record Received(string Method, string Path, string? ContentType, string? Signature, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string Type => (string)Json["type"]!;

    public JsonNode Body => Json["body"]!;
}
