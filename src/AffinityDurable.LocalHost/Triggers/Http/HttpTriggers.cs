using System.Net;
using AffinityDurable.LocalHost.Discovery;
using AffinityDurable.LocalHost.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Triggers.Http;

/// <summary>The HTTP functions of the app, on a Kestrel of their own under <c>/api/</c>.</summary>
internal sealed class HttpTriggers : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly CancellationTokenSource cancelled = new();

    public HttpTriggers(FunctionCatalog catalog, DurableEngine engine, Uri listen, HostAddress address, IServiceProvider services, ILoggerFactory loggers)
    {
        if (listen.Scheme != Uri.UriSchemeHttp)
        {
            throw new ArgumentException($"The embedded host listens on http, not on {listen}. Put a reverse proxy in front for https.", nameof(listen));
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(Bindable(listen));
        builder.Services.AddRouting();
        builder.Services.AddSingleton(loggers);
        web = builder.Build();
        foreach (var function in catalog.OfKind(FunctionKind.Http))
        {
            var endpoint = new HttpFunction(catalog, function, engine, services, address, loggers.CreateLogger<HttpFunction>(), cancelled.Token);
            Map(function, endpoint);
        }
    }

    /// <summary>Starts to listen.</summary>
    /// <returns>The address that was bound, with its port.</returns>
    public async Task<Uri> StartAsync(CancellationToken cancellation)
    {
        await web.StartAsync(cancellation).ConfigureAwait(false);
        var bound = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Uri(bound);
    }

    /// <summary>Takes no new requests, waits for those in flight, and after <paramref name="grace"/> cancels them.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        cancelled.CancelAfter(grace);
        using var limit = new CancellationTokenSource(grace + TimeSpan.FromSeconds(5));
        await web.StopAsync(limit.Token).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync().ConfigureAwait(false);
        cancelled.Dispose();
    }

    private void Map(FunctionMethod function, HttpFunction endpoint)
    {
        var trigger = (HttpTriggerAttribute)function.Trigger.Attribute;
        var route = web.Map("/api/" + (trigger.Route ?? function.Name).TrimStart('/'), endpoint.HandleAsync).WithDisplayName(function.Name);
        if (trigger.Methods is { Length: > 0 } methods)
        {
            route.WithMetadata(new HttpMethodMetadata(methods.Select(method => method.ToUpperInvariant())));
        }
    }

    /// <summary>Kestrel cannot choose a free port for the name localhost, which stands for two addresses.</summary>
    private static string Bindable(Uri listen) =>
        listen is { Port: 0, Host: "localhost" } ? $"http://{IPAddress.Loopback}:0" : listen.GetLeftPart(UriPartial.Authority);
}
