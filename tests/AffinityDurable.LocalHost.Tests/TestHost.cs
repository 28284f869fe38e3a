using AffinityDurable.LocalHost.Engine;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.LocalHost.Tests;

/// <summary>An embedded host on a temporary state directory; stop and start it as often as needed.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly bool ownsDirectory;
    private ServiceProvider services;

    private TestHost(string directory, bool ownsDirectory, ServiceProvider services, FakeTimeProvider? clock)
    {
        Directory = directory;
        this.ownsDirectory = ownsDirectory;
        this.services = services;
        Clock = clock;
    }

    public string Directory { get; }

    public FakeTimeProvider? Clock { get; }

    public EmbeddedHost Host => services.GetRequiredService<EmbeddedHost>();

    public DurableEngine Engine => Host.Engine;

    public DurableTaskClient Client => Host.Client;

    public IServiceProvider Services => services;

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Starts a host with the functions of this assembly.</summary>
    /// <param name="replay">Replay at every turn.</param>
    /// <param name="jump">Use a fake clock that jumps when all work waits on timers.</param>
    public static async Task<TestHost> StartAsync(
        bool replay = false, bool jump = false, string? directory = null, Action<LocalHostOptions>? configure = null, Action<IServiceCollection>? register = null)
    {
        var path = directory ?? Path.Combine(Path.GetTempPath(), "affinity-localhost-" + Guid.NewGuid().ToString("N"));
        var clock = jump ? new FakeTimeProvider(Start) : null;
        var collection = new ServiceCollection();
        collection.AddSingleton<Recorder>();
        collection.AddLocalHost(options =>
        {
            options.StateDirectory = path;
            options.Assemblies.Add(typeof(TestHost).Assembly);
            options.ReplayEveryTurn = replay;
            options.EnableTimers = false;
            if (clock is not null)
            {
                options.TimeProvider = clock;
                options.ClockJump = new ClockJump(clock.SetUtcNow);
            }

            configure?.Invoke(options);
        });
        register?.Invoke(collection);
        var host = new TestHost(path, directory is null, collection.BuildServiceProvider(), clock);
        try
        {
            await host.Host.StartAsync(CancellationToken.None);
            return host;
        }
        catch
        {
            await host.services.DisposeAsync();
            host.RemoveDirectory();
            throw;
        }
    }

    /// <summary>Schedules an orchestration and waits (at most a minute of real time) for its end.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null, string? id = null)
    {
        var started = await Client.ScheduleNewOrchestrationInstanceAsync(
            orchestrator, input, new Microsoft.DurableTask.StartOrchestrationOptions(id), CancellationToken.None);
        return await EndAsync(started);
    }

    public async Task<OrchestrationMetadata> EndAsync(string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
        RemoveDirectory();
    }

    private void RemoveDirectory()
    {
        if (ownsDirectory && System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}
