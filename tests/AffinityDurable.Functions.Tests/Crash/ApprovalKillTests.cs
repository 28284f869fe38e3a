namespace AffinityDurable.Functions.Tests.Crash;

/// <summary>SIGKILL around an approval: what was answered stays answered, and the plan is written once.</summary>
public sealed class ApprovalKillTests
{
    [Fact]
    public async Task A_run_killed_at_every_step_of_its_approval_ends_like_one_that_nobody_disturbed()
    {
        await using var run = await KilledRun.PrepareAsync(approval: "always");

        await run.KillAtAsync("create approvals");
        await run.KillAtAsync("created approvals");
        await run.KillAtAsync("replace approvals");
        await run.KillAtAsync("replaced approvals");
        await run.KillAtAsync("write approval.json");
        await run.KillAtAsync("wrote approval.json");
        await run.KillAtAsync("replace leases");
        await run.KillAtAsync("append journal/000001/000000.jsonl");
        await run.KillAtAsync("wrote report.json");
        await run.KillAtAsync("delete approvals");

        var trace = await run.FinishAsync();
        await trace.AssertLikeUndisturbedAsync();
        Assert.Equal("Ada", trace.Report.Approval!.Answer!.By);
    }
}
