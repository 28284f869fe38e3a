using System.Text;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Triggers;
using AffinityDurable.LocalHost;
using AffinityDurable.LocalHost.Engine;
using AffinityDurable.Simulator;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Functions.Tests.World;

/// <summary>The whole product in this process: functions on the embedded host with replay at every turn, a simulated Affinity, one fake clock.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    public static readonly DateTimeOffset Evening = new(2026, 3, 2, 18, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider services;

    private TestApp(PortfolioWorld world, SimulatorServer affinity, FakeTimeProvider clock, string directory, ServiceProvider services, LogCapture log)
    {
        World = world;
        Affinity = affinity;
        Clock = clock;
        Directory = directory;
        this.services = services;
        Log = log;
    }

    public PortfolioWorld World { get; }

    public SimulatorServer Affinity { get; }

    public FakeTimeProvider Clock { get; }

    public string Directory { get; }

    public LogCapture Log { get; }

    public IServiceProvider Services => services;

    public EmbeddedHost Host => services.GetRequiredService<EmbeddedHost>();

    public DurableTaskClient Client => Host.Client;

    public IRunStore Store => services.GetRequiredService<IRunStore>();

    public static async Task<TestApp> StartAsync(
        int companies = 50,
        Action<SimulatorSettings>? affinity = null,
        Action<LocalHostOptions>? host = null,
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null)
    {
        var simulator = new SimulatorSettings();
        affinity?.Invoke(simulator);
        var clock = new FakeTimeProvider(Evening);
        var world = new PortfolioWorld(companies);
        var server = await SimulatorServer.StartAsync(simulator.Options with { TimeProvider = clock }, world.Tenant);
        var directory = Path.Combine(Path.GetTempPath(), "affinity-app-" + Guid.NewGuid().ToString("N"));
        System.IO.Directory.CreateDirectory(Path.Combine(directory, "syncs"));
        var log = new LogCapture();
        var composed = Compose(directory, server, clock, log, host, settings, services);
        var app = new TestApp(world, server, clock, directory, composed, log);
        await app.Host.StartAsync(CancellationToken.None);
        return app;
    }

    /// <summary>
    /// Stores a definition of the sync <c>portfolio</c> on the world's list. Unless it says otherwise, nobody has to approve its plans and
    /// nothing is read back: most tests are about something else.
    /// </summary>
    public void Define(string extra = "", string fields = "  ARR: arr\n  Stage: stage\n  Notes: notes\n  Valued: valued", string sync = "portfolio") =>
        File.WriteAllText(
            Path.Combine(Directory, "syncs", sync + ".yaml"),
            $"sync: {sync}\nlist: 77\nsource:\n  type: csv\n  path: {sync}.csv\nmatch:\n  - domain: website\nfields:\n{fields}\n{extra}\n{Unattended(extra)}");

    /// <summary>Tests of other things are not held up by an approval and count no calls of a verification.</summary>
    private static string Unattended(string extra) =>
        (extra.Contains("approval:", StringComparison.Ordinal) ? "" : "approval: never\n") + (extra.Contains("verify:", StringComparison.Ordinal) ? "" : "verify: none\n");

    public void Export(IEnumerable<string> rows, string header = "website,arr,stage,notes,valued", string sync = "portfolio") =>
        File.WriteAllText(Path.Combine(Directory, "syncs", sync + ".csv"), header + "\n" + string.Join("\n", rows) + "\n", new UTF8Encoding(false));

    /// <summary>A row for each company, with an ARR made from its number.</summary>
    public void ExportAll(Func<int, double> arr) =>
        Export(Enumerable.Range(1, World.Entries.Count).Select(n => FormattableString.Invariant($"company-{n}.com,{arr(n)},Seed,note {n},2026-01-0{(n % 9) + 1}")));

    public async Task<RunReport> RunAsync(RunMode mode = RunMode.Apply, string sync = "portfolio", Func<RunRequest, RunRequest>? ask = null)
    {
        var runId = await StartRunAsync(mode, sync, ask);
        return await EndAsync(runId);
    }

    public Task<string> StartRunAsync(RunMode mode = RunMode.Apply, string sync = "portfolio", Func<RunRequest, RunRequest>? ask = null)
    {
        var request = new RunRequest { Sync = sync, Mode = mode, Trigger = RunTrigger.CommandLine };
        return services.GetRequiredService<RunStarter>().StartAsync(ask?.Invoke(request) ?? request, Client, CancellationToken.None);
    }

    public async Task<RunReport> EndAsync(string runId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        OrchestrationMetadata instance;
        try
        {
            instance = await Client.WaitForInstanceCompletionAsync(runId, getInputsAndOutputs: true, limit.Token);
        }
        catch (OperationCanceledException late)
        {
            var stuck = await Client.GetInstanceAsync(runId, getInputsAndOutputs: true);
            throw new TimeoutException($"Run {runId} is {stuck?.RuntimeStatus}: {stuck?.SerializedCustomStatus} at {Clock.GetUtcNow():O}", late);
        }

        Assert.True(instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed, instance.FailureDetails?.ToString());
        return await ReportAsync(runId);
    }

    public Task<RunReport> ReportAsync(string runId) => Store.RequireJsonAsync<RunReport>(runId, Artefacts.Report, CancellationToken.None);

    public async Task<string> ReadTextAsync(string runId, string name)
    {
        await using var stream = await Store.OpenReadAsync(runId, name, CancellationToken.None);
        using var reader = new StreamReader(stream!);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
        await Affinity.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static ServiceProvider Compose(
        string directory,
        SimulatorServer affinity,
        FakeTimeProvider clock,
        LogCapture log,
        Action<LocalHostOptions>? host,
        Dictionary<string, string?>? settings,
        Action<IServiceCollection>? services)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Affinity:BaseAddress"] = affinity.BaseAddress.ToString(),
                ["Affinity:RetryDelay"] = "00:00:00.001",
                ["Affinity:MaxRetryDelay"] = "00:00:00.001",
                ["Definitions:Directory"] = Path.Combine(directory, "syncs"),
                ["Stores:Directory"] = directory,
                ["Access:TrustLoopback"] = "true",
            })
            .Add(new CurrentKey(affinity))
            .AddInMemoryCollection(settings ?? [])
            .Build();
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddSingleton<TimeProvider>(clock);
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        collection.AddAffinityDurable(configuration);
        collection.AddLocalHost(options =>
        {
            options.StateDirectory = directory;
            options.Assemblies.Add(typeof(SyncOrchestrator).Assembly);
            options.DefaultVersion = OrchestrationVersion.Current;
            options.RefuseVersion = OrchestrationVersion.ProblemOf;
            options.ReplayEveryTurn = true;
            options.EnableTimers = false;
            options.TimeProvider = clock;
            options.ClockJump = new ClockJump(clock.SetUtcNow);
            host?.Invoke(options);
        });
        services?.Invoke(collection);
        return collection.BuildServiceProvider();
    }
}

/// <summary>Settings of the simulator that a test changes.</summary>
internal sealed class SimulatorSettings
{
    public SimulatorOptions Options { get; set; } = new() { CallsPerMinute = 100_000 };
}
