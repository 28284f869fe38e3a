using System.Globalization;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Storage;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Faults;
using AffinityDurable.Simulator.Seeding;
using Microsoft.Extensions.Configuration;

namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>A run in a process of its own, killed and taken up again any number of times, against a simulated Affinity that lives on.</summary>
internal sealed class KilledRun : IAsyncDisposable
{
    private const string Sync = "portfolio";
    private const int Companies = 400;

    public const string NoVerification = "verify: none";

    private readonly PortfolioWorld world = new(Companies);
    private readonly string directory = Path.Combine(Path.GetTempPath(), "affinity-kill-" + Guid.NewGuid().ToString("N"));
    private SimulatorServer? server;
    private readonly string verification;
    private string? undone;

    private readonly string? stores;

    private KilledRun(string verification, string? stores)
    {
        (this.verification, this.stores) = (verification, stores);
        world.List.AddEntry(world.Tenant.AddCompany("Twin", "company-7.com"));
        foreach (var entry in world.Entries.Take(20))
        {
            entry.Set(world.Arr, 1).Set(world.Notes, "before");
        }
    }

    private SimulatorServer Affinity => server!;

    private IRunStore Store => StoreSettings.RunStore(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Stores:Directory"] = directory, ["Stores:BlobUri"] = stores })
        .Build());

    /// <param name="latency">How long a call takes.</param>
    /// <param name="approval">When plans have to be approved; the process approves them.</param>
    /// <param name="verification">What is read back, as lines of the definition.</param>
    /// <param name="stores">The Blob container of the stores; null for the directory of the process.</param>
    public static async Task<KilledRun> PrepareAsync(
        TimeSpan latency = default, string approval = "never", string verification = NoVerification, string? stores = null)
    {
        var run = new KilledRun(verification, stores);
        run.server = await SimulatorServer.StartAsync(new SimulatorOptions { CallsPerMinute = 1_000_000 }, run.world.Tenant);
        run.Affinity.Faults.Latency = latency;
        await run.DefineAsync(approval);
        return run;
    }

    /// <summary>From now on the process undoes a run.</summary>
    public void Undo(string runId)
    {
        undone = runId;
        AcceptedBefore = [.. world.Entries.Select(entry => Affinity.Counters.PatchesOf(entry.Id))];
    }

    /// <summary>Accepted PATCHes by entry before the undo.</summary>
    public IReadOnlyList<int> AcceptedBefore { get; private set; } = [];

    /// <summary>The values of each entry in Affinity.</summary>
    public IReadOnlyList<string> Values => [.. world.Entries.Select(Show)];

    /// <summary>Starts the process and kills it at an access to a store.</summary>
    public async Task KillAtAsync(string access)
    {
        await using var process = Start(access);
        await process.KillWhenHaltedAsync();
    }

    /// <summary>Starts the process and kills it some time after it has sent so many PATCHes; false when it was done before.</summary>
    public async Task<bool> KillWhileApplyingAsync(int afterPatches, TimeSpan andThen)
    {
        await using var process = Start();
        var applying = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Affinity.Faults.Add(new Fault
        {
            Method = "PATCH",
            Skip = afterPatches,
            OnMatch = () =>
            {
                applying.TrySetResult();
                return Task.CompletedTask;
            },
        });
        var ended = process.EndAsync();
        if (await Task.WhenAny(applying.Task, ended) == applying.Task)
        {
            await Task.Delay(andThen);
            await KillAsync(process);
        }

        return !await ended;
    }

    /// <summary>Lets the process go on to the end of the run, and gives what came out of it.</summary>
    public async Task<RunTrace> FinishAsync()
    {
        await using var process = Start();
        var runId = await process.RunIdAsync();
        Assert.True(await process.EndAsync());
        var report = await Store.RequireJsonAsync<RunReport>(runId, Artefacts.Report, CancellationToken.None);
        return new RunTrace(
            verification,
            report,
            Values,
            [.. world.Entries.Select(entry => Affinity.Counters.PatchesOf(entry.Id))]);
    }

    public async ValueTask DisposeAsync()
    {
        await Affinity.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>What is under way is carried out, with nobody left to hear of it; however long the kill takes, nothing new begins.</summary>
    private async Task KillAsync(HostProcess process)
    {
        var latency = Affinity.Faults.Latency;
        Affinity.Faults.Latency = TimeSpan.FromMinutes(1);
        await process.KillAsync();
        Affinity.Faults.Latency = latency;
    }

    private HostProcess Start(string? haltAt = null) => HostProcess.Start(directory, Affinity.BaseAddress, Affinity.ApiKey, Sync, haltAt, undone, stores);

    private async Task DefineAsync(string approval)
    {
        Directory.CreateDirectory(Path.Combine(directory, "syncs"));
        await File.WriteAllTextAsync(
            Path.Combine(directory, "syncs", Sync + ".yaml"),
            $$"""
            sync: {{Sync}}
            list: 77
            source: { type: csv, path: {{Sync}}.csv }
            match: [ { domain: website } ]
            fields: { ARR: arr, Stage: stage, Notes: notes, Valued: valued }
            guards: { maxOverwrittenPercent: 100, maxRejectedPercent: 100 }
            approval: {{approval}}
            {{verification}}
            """);
        await File.WriteAllLinesAsync(Path.Combine(directory, "syncs", Sync + ".csv"), ["website,arr,stage,notes,valued", .. Enumerable.Range(1, Companies).Select(Row)]);
    }

    /// <summary>Most rows are sound; some are of every kind that is not.</summary>
    private static string Row(int n) => (n % 50) switch
    {
        7 => $"company-{n}.com,seven,Seed,\"many\nlines\",2026-01-02",
        13 => $"company-{n}.com,{n},Series Q,bad option,2026-01-02",
        21 => $"company-{n}.com,{n},Seed",
        33 => $"company-{n - 1}.com,{n},Seed,twice,2026-01-02",
        48 => $"nobody-{n}.com,{n},Seed,unmatched,2026-01-02",
        _ => string.Create(CultureInfo.InvariantCulture, $"company-{n}.com,{n * 1.5},Series A,note {n},2026-02-{(n % 28) + 1:00}"),
    };

    private string Show(Simulator.Model.ListEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Id}: {entry.Get(world.Arr)} | {entry.Get(world.Stage)} | {entry.Get(world.Notes)} | {entry.Get(world.Valued)}");
}
