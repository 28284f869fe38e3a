namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>SIGKILL while a canary is judged and while values are read back: what was read is read again, and no write is repeated.</summary>
public sealed class VerifyKillTests
{
    [Theory]
    [InlineData("verify: changed")]
    [InlineData("verify: all")]
    public async Task A_run_killed_at_any_step_of_reading_back_ends_like_one_that_nobody_disturbed(string verify)
    {
        await using var run = await KilledRun.PrepareAsync(verification: verify);

        await run.KillAtAsync("write verify/rest/wanted.jsonl");
        await run.KillAtAsync("wrote verify/rest/wanted.jsonl");
        await run.KillAtAsync("write verify/rest/values/000000.jsonl");
        await run.KillAtAsync("wrote verify/rest/values/000000.jsonl");
        await run.KillAtAsync("write rejects.csv");
        await run.KillAtAsync("wrote written.jsonl");
        await run.KillAtAsync("wrote report.json");

        await (await run.FinishAsync()).AssertLikeUndisturbedAsync();
    }

    [Fact]
    public async Task A_run_killed_at_any_step_of_its_canary_ends_like_one_that_nobody_disturbed()
    {
        await using var run = await KilledRun.PrepareAsync(verification: "verify: changed\ncanary: 60");

        await run.KillAtAsync("append journal/000000/000000.jsonl");
        await run.KillAtAsync("write verify/canary/wanted.jsonl");
        await run.KillAtAsync("wrote verify/canary/values/000000.jsonl");
        await run.KillAtAsync("append journal/000002/000000.jsonl");
        await run.KillAtAsync("write verify/rest/values/000000.jsonl");
        await run.KillAtAsync("write report.json");

        await (await run.FinishAsync()).AssertLikeUndisturbedAsync();
    }
}
