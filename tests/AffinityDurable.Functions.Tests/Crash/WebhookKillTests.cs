using System.Collections.Concurrent;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator;
using AffinityDurable.Simulator.Faults;

namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>SIGKILL of the process that takes deliveries: what was answered is done, and what was not is sent again, as Affinity does.</summary>
public sealed class WebhookKillTests
{
    private const int Companies = 500;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Nothing_of_five_hundred_deliveries_is_lost_when_the_process_is_killed_among_them_and_again_at_work(int seed)
    {
        var random = new Random(seed);
        var world = new PortfolioWorld(Companies);
        await using var affinity = await SimulatorServer.StartAsync(new SimulatorOptions { CallsPerMinute = 1_000_000 }, world.Tenant);
        var writes = new HeldWrites(affinity);
        var waiting = new ConcurrentQueue<long>(world.Entries.Select(entry => entry.Id));
        var directory = Directory.CreateTempSubdirectory("affinity-flood-").FullName;
        await DefineAsync(directory);
        await ExportAsync(directory, n => n);

        await using (var app = await ServedApp.StartAsync(directory, affinity))
        {
            await app.StartRunAsync();
            await writes.Begun;
            await ExportAsync(directory, n => n * 2);
            var deliveries = app.DeliverAsync(waiting, count: 400);
            while (waiting.Count > Companies - random.Next(100, 300))
            {
                await Task.Delay(1);
            }

            await app.Process.KillAsync();
            await deliveries;
        }

        await using (var app = await ServedApp.StartAsync(directory, affinity))
        {
            await app.DeliverAsync(waiting, count: Companies);
            writes.LetGoOn();
            await Task.Delay(random.Next(200, 4000));
            await app.Process.KillAsync();
        }

        await using (var app = await ServedApp.StartAsync(directory, affinity))
        {
            await app.DoneAsync();
        }

        var runs = await WorkRunsAsync(directory);
        Assert.InRange(runs.Count, 1, 2);
        Assert.All(runs, run => Assert.Equal(RunOutcome.Succeeded, run.Report.Outcome));
        Assert.Equal(world.Entries.Select(entry => entry.Id).Order(), runs.SelectMany(run => run.Request.Entries!).Distinct().Order());
        Assert.Equal(Enumerable.Range(1, Companies).Select(n => (double?)n * 2), world.ArrValues);
        Directory.Delete(directory, recursive: true);
    }

    private static Task DefineAsync(string directory)
    {
        Directory.CreateDirectory(Path.Combine(directory, "syncs"));
        return File.WriteAllTextAsync(
            Path.Combine(directory, "syncs", "portfolio.yaml"),
            """
            sync: portfolio
            list: 77
            source: { type: csv, path: portfolio.csv }
            match: [ { domain: website } ]
            fields: { ARR: arr }
            guards: { maxOverwrittenPercent: 100 }
            approval: never
            verify: none
            onNewEntry: true
            """);
    }

    private static Task ExportAsync(string directory, Func<int, int> arr) => File.WriteAllLinesAsync(
        Path.Combine(directory, "syncs", "portfolio.csv"),
        ["website,arr", .. Enumerable.Range(1, Companies).Select(n => FormattableString.Invariant($"company-{n}.com,{arr(n)}"))]);

    private static async Task<IReadOnlyList<(RunRequest Request, RunReport Report)>> WorkRunsAsync(string directory)
    {
        var store = new FileRunStore(directory);
        List<(RunRequest Request, RunReport Report)> runs = [];
        await foreach (var runId in store.RunsAsync(CancellationToken.None))
        {
            var request = await store.RequireJsonAsync<RunRequest>(runId, Artefacts.Request, CancellationToken.None);
            if (request.Trigger == RunTrigger.Webhook)
            {
                runs.Add((request, await store.RequireJsonAsync<RunReport>(runId, Artefacts.Report, CancellationToken.None)));
            }
        }

        return runs;
    }

    /// <summary>Writes that Affinity does not answer before it is told to.</summary>
    private sealed class HeldWrites
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldWrites(SimulatorServer affinity) => affinity.Faults.Add(new Fault { Method = "PATCH", Times = null, OnMatch = HoldAsync });

        public Task Begun => begun.Task.WaitAsync(TimeSpan.FromSeconds(60));

        public void LetGoOn() => released.TrySetResult();

        private Task HoldAsync()
        {
            begun.TrySetResult();
            return released.Task;
        }
    }
}
