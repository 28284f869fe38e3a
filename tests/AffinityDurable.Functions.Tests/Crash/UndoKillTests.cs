using AffinityDurable.Core.Runs;

namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>SIGKILL while a run is undone: every value comes back, and none is written twice.</summary>
public sealed class UndoKillTests
{
    [Fact]
    public async Task An_undo_killed_in_every_phase_puts_everything_back_once()
    {
        await using var run = await KilledRun.PrepareAsync();
        var before = run.Values;
        run.Undo((await run.FinishAsync()).Report.RunId);

        await run.KillAtAsync("create holds");
        await run.KillAtAsync("created holds");
        await run.KillAtAsync("write undo/wanted.jsonl");
        await run.KillAtAsync("wrote undo/values/000000.jsonl");
        await run.KillAtAsync("write batches/000002.jsonl");
        await run.KillAtAsync("wrote plan.json");
        await run.KillAtAsync("append journal/000000/000000.jsonl");
        await run.KillAtAsync("append journal/000005/000000.jsonl");
        await run.KillAtAsync("wrote written.jsonl");
        await run.KillAtAsync("wrote report.json");

        await AssertUndoneAsync(run, before);
    }

    [Fact]
    public async Task An_undo_killed_while_it_writes_puts_everything_back_once()
    {
        var random = new Random(3);
        await using var run = await KilledRun.PrepareAsync(latency: TimeSpan.FromMilliseconds(5));
        var before = run.Values;
        run.Undo((await run.FinishAsync()).Report.RunId);

        for (var kill = 0; kill < 5; kill++)
        {
            Assert.True(await run.KillWhileApplyingAsync(afterPatches: random.Next(40), andThen: TimeSpan.FromMilliseconds(random.Next(20))));
        }

        await AssertUndoneAsync(run, before);
    }

    private static async Task AssertUndoneAsync(KilledRun run, IReadOnlyList<string> before)
    {
        var undo = await run.FinishAsync();

        Assert.Equal((RunOutcome.Succeeded, null), (undo.Report.Outcome, undo.Report.Error));
        Assert.Equal(before, undo.Values);
        Assert.All(run.AcceptedBefore.Zip(undo.Patches), entry => Assert.True(entry.Second - entry.First <= 1, $"Written {entry.Second - entry.First} times."));
    }
}
