namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>SIGKILL in each phase of a run: the next start goes on where the run store and the history say.</summary>
public sealed class PhaseKillTests
{
    [Fact]
    public async Task A_run_killed_at_the_start_of_every_phase_ends_like_one_that_nobody_disturbed()
    {
        await using var run = await KilledRun.PrepareAsync();

        await run.KillAtAsync("write request.json");
        await run.KillAtAsync("write resolved.json");
        await run.KillAtAsync("write snapshot/000000.jsonl");
        await run.KillAtAsync("write staged/source/rows.jsonl");
        await run.KillAtAsync("write before.csv");
        await run.KillAtAsync("read plan.json");
        await run.KillAtAsync("append journal/000000/000000.jsonl");
        await run.KillAtAsync("write rejects.csv");

        await (await run.FinishAsync()).AssertLikeUndisturbedAsync();
    }

    [Fact]
    public async Task A_run_killed_in_the_midst_and_at_the_end_of_phases_ends_like_one_that_nobody_disturbed()
    {
        await using var run = await KilledRun.PrepareAsync();

        await run.KillAtAsync("wrote resolved.json");
        await run.KillAtAsync("wrote snapshot/000000.jsonl");
        await run.KillAtAsync("wrote staged/source/summary.json");
        await run.KillAtAsync("write batches/000002.jsonl");
        await run.KillAtAsync("wrote plan.json");
        await run.KillAtAsync("append journal/000004/000000.jsonl");
        await run.KillAtAsync("wrote written.jsonl");
        await run.KillAtAsync("wrote report.json");

        await (await run.FinishAsync()).AssertLikeUndisturbedAsync();
    }
}
