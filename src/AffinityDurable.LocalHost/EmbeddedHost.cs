using System.Text.Json;
using AffinityDurable.LocalHost.Discovery;
using AffinityDurable.LocalHost.Engine;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AffinityDurable.LocalHost;

/// <summary>Runs the functions of the given assemblies in this process: durable engine, timer triggers, HTTP.</summary>
public sealed partial class EmbeddedHost : IHostedService, IDisposable
{
    private readonly LocalHostOptions options;
    private readonly FunctionCatalog functions;
    private readonly ILogger logger;
    private StateDirectoryLock? stateLock;
    private bool started;

    /// <exception cref="UnsupportedFunctionException">Some function cannot be run here.</exception>
    public EmbeddedHost(
        IOptions<LocalHostOptions> options,
        IOptions<JsonSerializerOptions> json,
        IServiceProvider services,
        ILoggerFactory loggers,
        IHostApplicationLifetime? lifetime = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(json);
        this.options = options.Value;
        logger = loggers.CreateLogger<EmbeddedHost>();
        functions = new FunctionCatalog(this.options.Assemblies, services, json.Value);
        Engine = new DurableEngine(this.options, functions, loggers);
        Engine.OnStoreFaulted = () => lifetime?.StopApplication();
        functions.Client = Engine.Client;
    }

    /// <summary>The durable engine.</summary>
    public DurableEngine Engine { get; }

    /// <summary>Starts, queries and controls orchestrations while the host runs.</summary>
    public DurableTaskClient Client => Engine.Client;

    /// <exception cref="StateDirectoryInUseException">Another host holds the state directory.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        stateLock = StateDirectoryLock.Take(options.StateDirectory, options.Listen);
        Engine.Start();
        started = true;
        LogStarted(options.StateDirectory);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (started)
        {
            started = false;
            await Engine.StopAsync().ConfigureAwait(false);
            LogStopped();
        }

        stateLock?.Dispose();
        stateLock = null;
    }

    public void Dispose()
    {
        Engine.Dispose();
        stateLock?.Dispose();
    }

    [LoggerMessage(1, LogLevel.Information, "Embedded host started on {StateDirectory}.")]
    private partial void LogStarted(string stateDirectory);

    [LoggerMessage(2, LogLevel.Information, "Embedded host stopped.")]
    private partial void LogStopped();
}
