using System.Collections.Concurrent;
using AffinityDurable.Core.Affinity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.Core.Tests.Affinity;

/// <summary>A client as the product registers it, in front of a scripted server, with everything that is logged.</summary>
internal sealed class ClientFixture : IAsyncDisposable
{
    public const string Canary = "canary-7f3a9c2e51";

    private readonly ServiceProvider services;

    private ClientFixture(ScriptedAffinity server, ServiceProvider services)
    {
        Server = server;
        this.services = services;
    }

    public ScriptedAffinity Server { get; }

    public AffinityClient Client => services.GetRequiredService<AffinityClient>();

    public IServiceProvider Services => services;

    public ConcurrentQueue<string> Logged => services.GetRequiredService<CapturedLog>().Lines;

    public static async Task<ClientFixture> StartAsync(Action<AffinityOptions>? configure = null, Action<IServiceCollection>? more = null)
    {
        var server = await ScriptedAffinity.StartAsync();
        var registered = new ServiceCollection();
        registered.AddSingleton<CapturedLog>();
        registered.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).Services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<CapturedLog>()));
        registered.AddSingleton<IAffinityKey>(new ScriptedKey(Canary));
        more?.Invoke(registered);
        registered.AddAffinityClient(options =>
        {
            options.BaseAddress = server.Address;
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
            configure?.Invoke(options);
        });
        return new ClientFixture(server, registered.BuildServiceProvider());
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>Keys in order: each refresh moves on to the next, the last one stays.</summary>
internal sealed class ScriptedKey(params string[] keys) : IAffinityKey
{
    private int current;

    public int Refreshes { get; private set; }

    public ValueTask<string> GetAsync(bool refresh, CancellationToken cancellationToken)
    {
        if (refresh)
        {
            Refreshes++;
            current = Math.Min(current + 1, keys.Length - 1);
        }

        return ValueTask.FromResult(keys[current]);
    }
}

internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Lines.Enqueue(state.ToString() ?? "");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
