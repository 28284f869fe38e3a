using System.Text.Json;
using AffinityDurable.LocalHost.Discovery;
using AffinityDurable.LocalHost.Engine;
using AffinityDurable.LocalHost.Triggers.Http;
using AffinityDurable.LocalHost.Triggers.Queues;
using AffinityDurable.LocalHost.Triggers.Timers;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AffinityDurable.LocalHost;

/// <summary>Runs the functions of the given assemblies in this process: durable engine, timer and queue triggers, HTTP.</summary>
public sealed partial class EmbeddedHost : IHostedService, IAsyncDisposable, IDisposable
{
    private readonly LocalHostOptions options;
    private readonly FunctionCatalog functions;
    private readonly HostAddress address;
    private readonly IServiceProvider services;
    private readonly ILoggerFactory loggers;
    private readonly ILogger logger;
    private StateDirectoryLock? stateLock;
    private HttpTriggers? http;
    private TimerTriggers? timers;
    private QueueTriggers? queues;
    private ClockJumper? clockJumper;
    private bool engineStarted;

    /// <exception cref="UnsupportedFunctionException">Some function cannot be run here.</exception>
    public EmbeddedHost(
        IOptions<LocalHostOptions> options,
        IOptions<JsonSerializerOptions> json,
        HostAddress address,
        IServiceProvider services,
        ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(json);
        this.options = options.Value;
        this.address = address;
        this.services = services;
        this.loggers = loggers;
        logger = loggers.CreateLogger<EmbeddedHost>();
        functions = new FunctionCatalog(this.options.Assemblies, services, json.Value);
        Engine = new DurableEngine(this.options, functions, loggers)
        {
            // Not on the writer's thread: what others do when the application stops may wait for a write.
            OnStoreFaulted = () => _ = Task.Run(() => services.GetService<IHostApplicationLifetime>()?.StopApplication()),
        };
        functions.Client = Engine.Client;
    }

    /// <summary>The durable engine.</summary>
    public DurableEngine Engine { get; }

    /// <summary>Starts, queries and controls orchestrations while the host runs.</summary>
    public DurableTaskClient Client => Engine.Client;

    /// <summary>Where HTTP functions are served, with the port that was bound; null when they are not.</summary>
    public Uri? Url => address.Url;

    /// <exception cref="StateDirectoryInUseException">Another host holds the state directory.</exception>
    /// <exception cref="UnsupportedFunctionException">A timer's schedule cannot be read.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        stateLock = StateDirectoryLock.Take(options.StateDirectory, url: null);
        try
        {
            await StartAllAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        LogStarted(options.StateDirectory, address.Url);
    }

    /// <summary>Puts a message into a queue; it is on disk when this returns.</summary>
    /// <exception cref="InvalidOperationException">The host does not run, or not with queues.</exception>
    public Task EnqueueAsync(string queue, string message) =>
        queues is { } running ? running.EnqueueAsync(queue, message) : throw new InvalidOperationException("The host does not run with queues.");

    /// <summary>Messages that wait in a queue. Those that failed too often are in <c>{queue}-poison</c>.</summary>
    public IReadOnlyList<string> ReadQueue(string queue) => [.. Engine.Reader.ReadQueue(queue).Select(message => message.Body)];

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await StopTriggersAsync().ConfigureAwait(false);
        if (engineStarted)
        {
            engineStarted = false;
            await Engine.StopAsync().ConfigureAwait(false);
            LogStopped();
        }

        stateLock?.Dispose();
        stateLock = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        Engine.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task StartAllAsync(CancellationToken cancellation)
    {
        timers = options.EnableTimers
            ? new TimerTriggers(functions, Engine, options.TimeProvider, services.GetService<IConfiguration>(), loggers)
            : null;
        http = options is { EnableHttp: true, Listen: { } listen }
            ? new HttpTriggers(functions, Engine, listen, address, services, loggers)
            : null;
        queues = options.EnableQueues
            ? new QueueTriggers(functions, Engine, options, services.GetService<IConfiguration>(), loggers)
            : null;
        Engine.Start();
        engineStarted = true;
        if (http is not null)
        {
            address.Url = await http.StartAsync(cancellation).ConfigureAwait(false);
            stateLock!.Publish(address.Url);
        }

        if (timers is not null)
        {
            await timers.StartAsync().ConfigureAwait(false);
        }

        if (queues is not null)
        {
            await queues.StartAsync().ConfigureAwait(false);
        }

        if (options.ClockJump is { } jump)
        {
            clockJumper = new ClockJumper(Engine.Work, jump, () => NextToJumpTo(jump), FireDue);
            clockJumper.Signal();
        }
    }

    private async Task StopTriggersAsync()
    {
        if (clockJumper is not null)
        {
            await clockJumper.DisposeAsync().ConfigureAwait(false);
            clockJumper = null;
        }

        if (http is not null)
        {
            await http.StopAsync(options.StopGrace).ConfigureAwait(false);
            await http.DisposeAsync().ConfigureAwait(false);
            http = null;
            address.Url = null;
        }

        if (queues is not null)
        {
            await queues.StopAsync(options.StopGrace).ConfigureAwait(false);
            queues.Dispose();
            queues = null;
        }

        if (timers is not null)
        {
            await timers.StopAsync(options.StopGrace).ConfigureAwait(false);
            await timers.DisposeAsync().ConfigureAwait(false);
            timers = null;
        }
    }

    private DateTimeOffset? NextToJumpTo(ClockJump jump)
    {
        var durable = Engine.NextTimer;
        var trigger = timers?.Next is { } next && next <= jump.TimerTriggersUntil ? timers.Next : null;
        return new[] { durable, trigger, queues?.Next }.Min();
    }

    private void FireDue()
    {
        Engine.FireDueTimers();
        timers?.FireDue();
        queues?.FireDue();
    }

    [LoggerMessage(1, LogLevel.Information, "Embedded host started on {StateDirectory}, HTTP at {Url}.")]
    private partial void LogStarted(string stateDirectory, Uri? url);

    [LoggerMessage(2, LogLevel.Information, "Embedded host stopped.")]
    private partial void LogStopped();
}
