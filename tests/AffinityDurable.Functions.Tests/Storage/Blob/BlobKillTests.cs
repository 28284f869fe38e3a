using AffinityDurable.Functions.Tests.Crash;
using AffinityDurable.Sources.Tests.Files.Azure;
using AffinityDurable.Sources.Tests.Services;

namespace AffinityDurable.Functions.Tests.Storage.Blob;

/// <summary>Whole runs whose stores are a Blob container, killed and taken up again.</summary>
public sealed class BlobKillTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    [ServiceFact(Service.Azurite)]
    public async Task A_run_killed_in_its_phases_ends_like_one_that_nobody_disturbed()
    {
        await using var run = await KilledRun.PrepareAsync(stores: BlobContainers.Address(azurite.Port, BlobContainers.Name()));

        await run.KillAtAsync("write resolved.json");
        await run.KillAtAsync("wrote snapshot/000000.jsonl");
        await run.KillAtAsync("write before.csv");
        await run.KillAtAsync("append journal/000000/000000.jsonl");
        await run.KillAtAsync("wrote report.json");

        await (await run.FinishAsync()).AssertLikeUndisturbedAsync();
    }

    [ServiceFact(Service.Azurite)]
    public async Task A_run_killed_while_it_writes_ends_like_one_that_nobody_disturbed()
    {
        var random = new Random(3);
        await using var run = await KilledRun.PrepareAsync(
            latency: TimeSpan.FromMilliseconds(15), stores: BlobContainers.Address(azurite.Port, BlobContainers.Name()));

        for (var kill = 0; kill < 5; kill++)
        {
            Assert.True(await run.KillWhileApplyingAsync(afterPatches: random.Next(22), andThen: TimeSpan.FromMilliseconds(random.Next(40))));
        }

        await (await run.FinishAsync()).AssertLikeUndisturbedAsync();
    }
}
