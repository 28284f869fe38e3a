using System.Text.Json;
using AffinityDurable.Simulator.Control;
using AffinityDurable.Simulator.Counting;
using AffinityDurable.Simulator.Endpoints;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Gateway;
using AffinityDurable.Simulator.Limits;
using AffinityDurable.Simulator.Model;
using AffinityDurable.Simulator.OpenApi;
using AffinityDurable.Simulator.Seeding;
using AffinityDurable.Simulator.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AffinityDurable.Simulator;

/// <summary>A simulated Affinity API v2 on a real socket. Everything it exposes may be used while it serves.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private const int LongestRequestLine = 512 * 1024;

    private readonly WebApplication _app;
    private readonly Simulation _simulation;

    private SimulatorServer(WebApplication app, Simulation simulation)
    {
        _app = app;
        _simulation = simulation;
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        BaseAddress = new Uri(address);
    }

    /// <summary>Scheme, host and port, such as <c>http://127.0.0.1:50123/</c>; the API is below <c>/v2</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The first key of the tenant; another one after a fault has replaced it.</summary>
    public string ApiKey => Tenant.ApiKeys.First().Secret;

    /// <summary>The account that is served; another one after <see cref="LoadAsync"/> and <see cref="ResetAsync"/>.</summary>
    public Tenant Tenant => _simulation.Tenant;

    /// <summary>What was asked and answered.</summary>
    public Counters Counters => _simulation.Counters;

    /// <summary>The limits, adjustable at any time.</summary>
    public AccountLimits Limits => _simulation.Limits;

    /// <summary>What goes wrong, adjustable at any time.</summary>
    public FaultPlan Faults => _simulation.Faults;

    /// <summary>The open points of the API, adjustable at any time.</summary>
    public SimulatedBehavior Behavior => _simulation.Behavior;

    /// <summary>The last requests, when switched on.</summary>
    public RequestLog Log => _simulation.Log;

    /// <summary>The clock behind windows, months, latency and log times, which can be moved forward.</summary>
    public AdjustableClock Clock => _simulation.Time;

    /// <summary>What was sent to webhooks.</summary>
    public WebhookLog Webhooks => _simulation.Webhooks.Log;

    /// <summary>Starts a server; it serves until it is disposed.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="ArgumentException">A fault of the options makes no sense.</exception>
    public static async Task<SimulatorServer> StartAsync(SimulatorOptions options, Tenant tenant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tenant);
        var simulation = new Simulation(options, tenant)
        {
            Start = options.KeepsStart ? await AccountCopy.TakeAsync(tenant, cancellationToken) : null,
        };
        var app = Build(options, simulation);
        try
        {
            foreach (var fault in options.Faults)
            {
                simulation.Faults.Add(fault);
            }

            await app.StartAsync(cancellationToken);
            return new SimulatorServer(app, simulation);
        }
        catch
        {
            simulation.Webhooks.Dispose();
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server, hands it over, and serves until the token is cancelled.</summary>
    public static async Task RunAsync(
        SimulatorOptions options, Tenant tenant, Action<SimulatorServer>? started = null, CancellationToken cancellationToken = default)
    {
        await using var server = await StartAsync(options, tenant, cancellationToken);
        started?.Invoke(server);
        await server.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>
    /// Back to the start: its account, limits, faults, behavior and clock, with nothing counted or logged. Requests in progress may still
    /// be answered from the account before.
    /// </summary>
    /// <exception cref="InvalidOperationException"><see cref="SimulatorOptions.KeepsStart"/> was not set.</exception>
    public Task ResetAsync(CancellationToken cancellationToken = default) => _simulation.ResetAsync(cancellationToken);

    /// <summary>Serves another account from the next request on, and leaves all else as it is.</summary>
    /// <exception cref="JsonException">The snapshot is not JSON.</exception>
    /// <exception cref="InvalidDataException">The snapshot does not describe an account; the message says where.</exception>
    public async Task LoadAsync(Stream snapshot, CancellationToken cancellationToken = default) =>
        _simulation.Serve(await SeedFile.LoadAsync(snapshot, cancellationToken));

    /// <summary>Saves the account as it is, for <see cref="LoadAsync"/> or <see cref="SeedFile"/>.</summary>
    public Task SaveAsync(Stream snapshot, CancellationToken cancellationToken = default) =>
        SeedFile.SaveAsync(Tenant, snapshot, cancellationToken);

    /// <summary>Serves until the token is cancelled. Signals of the process are the caller's affair.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // First, as a request may wait for the answer to a test delivery.
        _simulation.Webhooks.Dispose();

        // A client that is held up by a simulated delay must not hold up the end of a test.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(SimulatorOptions options, Simulation simulation)
    {
        // The empty builder reads no environment and no files: nothing around it can change what is simulated.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // Affinity documents no longest URL and no largest body.
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(options.Address, options.Port);
        });

        var app = builder.Build();
        app.UseForwardedHeaders(Forwarded());
        app.Use(next =>
        {
            var gateway = new ApiGateway(simulation, next);
            return context =>
                ControlGate.IsFor(context.Request) ? ControlGate.InvokeAsync(context, next)
                : OpenApiEndpoint.IsFor(context) ? next(context)
                : gateway.InvokeAsync(context);
        });
        ApiRoutes.MapAll(app, simulation);
        OpenApiEndpoint.Map(app);
        new ServerControl(simulation).Map(app);
        new TenantControl(simulation).Map(app);
        new WebhookControl(simulation.Webhooks.Log).Map(app);
        return app;
    }

    /// <summary>
    /// Behind a proxy that speaks https, addresses of next pages have to say https too: clients follow no others with their key. Where a
    /// request comes from is not believed from a header, as the control API depends on it.
    /// </summary>
    private static ForwardedHeadersOptions Forwarded()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        return options;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
