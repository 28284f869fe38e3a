namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>SIGKILL while values are written: what was acknowledged is not sent again, what may have been written is read first.</summary>
public sealed class ApplyKillTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_run_killed_ten_times_while_it_writes_ends_like_one_that_nobody_disturbed(int seed)
    {
        var random = new Random(seed);
        await using var run = await KilledRun.PrepareAsync(latency: TimeSpan.FromMilliseconds(15));

        for (var kill = 0; kill < 10; kill++)
        {
            Assert.True(await run.KillWhileApplyingAsync(afterPatches: random.Next(22), andThen: TimeSpan.FromMilliseconds(random.Next(40))));
        }

        await (await run.FinishAsync()).AssertLikeUndisturbedAsync();
    }
}
