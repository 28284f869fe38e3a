using AffinityDurable.Core.Pushing;
using AffinityDurable.Core.Runs;
using AffinityDurable.Functions.Tests.Crash;
using AffinityDurable.Functions.Tests.World;
using AffinityDurable.Simulator;

namespace AffinityDurable.Functions.Tests.Pushing;

/// <summary>SIGKILL between a push and the end of the run that takes it.</summary>
public sealed class PushedKillTests : IAsyncDisposable
{
    private const int Companies = 40;

    private static readonly string[] Columns = ["website", "arr"];

    private readonly string directory = Path.Combine(Path.GetTempPath(), "affinity-push-" + Guid.NewGuid().ToString("N"));
    private readonly PortfolioWorld world = new(Companies);
    private SimulatorServer? affinity;

    [Fact]
    public async Task Pushed_rows_survive_a_kill_at_every_step_from_the_push_to_the_end_of_the_run()
    {
        await PrepareAsync();

        // A process that died while it staged: what it had written is seen by nobody.
        await using (var cutOff = Pushes.Begin("portfolio", "source", Columns, DateTimeOffset.UtcNow))
        {
            await cutOff.AddAsync(["company-1.com", new string('9', 300_000)], CancellationToken.None);
            foreach (var access in new[]
            {
                "wrote staged/source/rows.jsonl", "wrote staged/source/summary.json", "wrote staged/source/pushes.json", "create pending", "created pending",
                "replace push-receipts", "delete pushed-rows", "delete pushes", "wrote plan.json", "replace pending",
            })
            {
                await using var process = Start(access);
                await process.KillWhenHaltedAsync();
            }
        }

        await using var last = Start();
        Assert.True(await last.EndAsync());
        Assert.Equal(Enumerable.Range(1, Companies).Select(n => (double?)n), world.ArrValues);
        Assert.All(world.Entries, entry => Assert.Equal(1, affinity!.Counters.PatchesOf(entry.Id)));
        Assert.Empty(await State.ListAsync("pushes/", CancellationToken.None).ToListAsync());
        Assert.Empty(await State.ListAsync("pushed-rows/", CancellationToken.None).ToListAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await (affinity?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(directory, recursive: true);
    }

    private FileSyncState State => new(directory);

    private StagedPushes Pushes => new(State);

    private HostProcess Start(string? haltAt = null) => HostProcess.Start(directory, affinity!.BaseAddress, affinity.ApiKey, "portfolio", haltAt);

    private async Task PrepareAsync()
    {
        affinity = await SimulatorServer.StartAsync(new SimulatorOptions { CallsPerMinute = 1_000_000 }, world.Tenant);
        Directory.CreateDirectory(Path.Combine(directory, "syncs"));
        await File.WriteAllTextAsync(
            Path.Combine(directory, "syncs", "portfolio.yaml"),
            """
            sync: portfolio
            list: 77
            source: { type: push, columns: [website, arr] }
            match: [ { domain: website } ]
            fields: { ARR: arr }
            approval: never
            verify: none
            """);
        for (var push = 0; push < 4; push++)
        {
            await using var writer = Pushes.Begin("portfolio", "source", Columns, DateTimeOffset.UtcNow);
            for (var n = (push * 10) + 1; n <= (push + 1) * 10; n++)
            {
                await writer.AddAsync([$"company-{n}.com", $"{n}"], CancellationToken.None);
            }

            Assert.NotNull(await writer.CompleteAsync(DateTimeOffset.UtcNow, startsAt: null, by: null, key: null, CancellationToken.None));
        }
    }
}
