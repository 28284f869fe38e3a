using AffinityDurable.Core.Approvals;
using AffinityDurable.Core.Definitions;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Functions.Orchestrations;

namespace AffinityDurable.Functions.Tests.Orchestrators;

/// <summary>What the orchestrator of a run asks for, step by step, and that it closes the run however it ends.</summary>
public sealed class SyncOrchestratorTests
{
    private static readonly DateTimeOffset Start = new(MockedOrchestration.Start);
    private static readonly OpenedRun Opened = new() { ListId = 77, LeaseEpoch = 5, Sources = ["source"], Lanes = 2, Verify = Verification.Changed, Grace = TimeSpan.FromHours(1) };
    private static readonly RunError Problem = new("AFF501", "Something.", "Cure.");

    [Fact]
    public async Task A_run_opens_reads_plans_checks_writes_reads_back_and_closes_in_this_order()
    {
        var orchestration = Whole();

        var result = await SyncOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal(
            [nameof(OpenRun), nameof(ReadListPages), nameof(ReadSource), nameof(BuildPlan), nameof(CheckGuards), nameof(RequestApproval), nameof(ApplyOrchestrator), nameof(VerifyOrchestrator), nameof(CloseRun)],
            orchestration.Calls);
        Assert.Equal(RunOutcome.Succeeded, result.Outcome);
        var close = Closed(orchestration);
        Assert.Equal((true, null, 5L, 77L), (close.Ending.Applied, close.Ending.Error, close.LeaseEpoch, close.ListId));
        Assert.Equal(new CallFigures(3, 4, 2), close.Ending.Calls);
        var apply = orchestration.Inputs.OfType<ApplyInput>().Single();
        Assert.Equal((2, 2, 5L, false), (apply.Batches, apply.Lanes, apply.LeaseEpoch, apply.ReadFirst));
        Assert.Equal(RunPhase.Opening, ((RunStatus)orchestration.Statuses[0]!).Phase);
        Assert.Equal(RunPhase.Closing, ((RunStatus)orchestration.Statuses[^1]!).Phase);
    }

    [Fact]
    public async Task A_run_that_only_plans_asks_for_no_approval_and_writes_nothing()
    {
        var orchestration = Whole(RunMode.Plan);

        await SyncOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal([nameof(OpenRun), nameof(ReadListPages), nameof(ReadSource), nameof(BuildPlan), nameof(CheckGuards), nameof(CloseRun)], orchestration.Calls);
        Assert.False(Closed(orchestration).Ending.Applied);
    }

    [Fact]
    public async Task A_breached_guard_ends_the_run_before_its_first_write()
    {
        var orchestration = Whole().Activity(nameof(CheckGuards), new GuardVerdict(1));

        await SyncOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal([nameof(CheckGuards), nameof(CloseRun)], orchestration.Calls.TakeLast(2));
        Assert.Equal((false, null), (Closed(orchestration).Ending.Applied, Closed(orchestration).Ending.Error));
    }

    [Fact]
    public async Task What_stands_against_opening_is_reported_and_nothing_is_read()
    {
        var orchestration = Whole().Activity(nameof(OpenRun), Opened with { Error = Problem });

        await SyncOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal([nameof(OpenRun), nameof(CloseRun)], orchestration.Calls);
        Assert.Equal(Problem, Closed(orchestration).Ending.Error);
    }

    [Fact]
    public async Task A_run_by_hand_does_not_wait_for_a_busy_list()
    {
        var orchestration = Whole().Activity(nameof(OpenRun), Opened with { HeldBy = "other" });

        await SyncOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal([nameof(OpenRun), nameof(CloseRun)], orchestration.Calls);
        Assert.Equal((HostErrors.ListBusy.Id, false), (Closed(orchestration).Ending.Error!.Code, Closed(orchestration).Ending.Skipped));
    }

    [Fact]
    public async Task A_scheduled_run_waits_ever_longer_for_a_busy_list_and_is_skipped_when_its_grace_is_over()
    {
        var orchestration = Whole(giveUpAt: Start.AddMinutes(10)).Activity(nameof(OpenRun), Opened with { HeldBy = "other" });

        await SyncOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal(["timer 1 min", "timer 3 min", "timer 7 min"], orchestration.Calls.Where(call => call.StartsWith("timer", StringComparison.Ordinal)));
        Assert.Equal((HostErrors.ListBusy.Id, true), (Closed(orchestration).Ending.Error!.Code, Closed(orchestration).Ending.Skipped));
    }

    [Fact]
    public async Task A_busy_list_that_becomes_free_is_taken()
    {
        var orchestration = Whole(giveUpAt: Start.AddHours(6)).Activity(nameof(OpenRun), Opened with { HeldBy = "other" }, Opened);

        await SyncOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal([nameof(OpenRun), "timer 1 min", nameof(OpenRun), nameof(ReadListPages)], orchestration.Calls.Take(4));
        Assert.True(Closed(orchestration).Ending.Applied);
    }

    [Fact]
    public async Task A_minute_limit_is_waited_out_on_one_timer_and_reported()
    {
        var limit = new Wait(WaitReason.MinuteLimit, Start.AddSeconds(30), Start.AddMinutes(1));
        var orchestration = Whole().Activity(nameof(ReadListPages), new ListSlice(10, 0, "https://next", 1, Wait: limit), new ListSlice(5, 0, null, 1));

        await SyncOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal([nameof(OpenRun), nameof(ReadListPages), "timer 1 min", nameof(ReadListPages)], orchestration.Calls.Take(4));
        Assert.Equal(new WaitFigures(WaitReason.MinuteLimit, 1, TimeSpan.FromMinutes(1)), Assert.Single(Closed(orchestration).Ending.Waits));
        Assert.Contains(orchestration.Statuses.Cast<RunStatus>(), status => status is { WaitReason: nameof(WaitReason.MinuteLimit), Phase: RunPhase.ReadingList });
    }

    [Fact]
    public async Task A_spent_month_ends_the_run_without_a_wait()
    {
        var month = new Wait(WaitReason.MonthlyLimit, Start, Start.AddDays(20));
        var orchestration = Whole().Activity(nameof(ReadListPages), new ListSlice(0, 0, null, 1, Wait: month));

        await SyncOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal([nameof(OpenRun), nameof(ReadListPages), nameof(CloseRun)], orchestration.Calls);
        Assert.Equal(AffinityErrors.MonthlyLimit.Id, Closed(orchestration).Ending.Error!.Code);
    }

    [Fact]
    public async Task A_list_or_source_that_cannot_be_read_ends_the_run()
    {
        var list = Whole().Activity(nameof(ReadListPages), new ListSlice(0, 0, null, 1, Failure: new CallProblem(AffinityErrors.Unauthenticated.Id, "No.")));
        var source = Whole().Activity(nameof(ReadSource), new SourceRead(0, Problem));

        await SyncOrchestrator.RunAsync(list.Context);
        await SyncOrchestrator.RunAsync(source.Context);

        Assert.Equal((AffinityErrors.Unauthenticated.Id, Problem.Code), (Closed(list).Ending.Error!.Code, Closed(source).Ending.Error!.Code));
        Assert.DoesNotContain(nameof(BuildPlan), list.Calls.Concat(source.Calls));
    }

    [Fact]
    public async Task A_step_that_fails_ends_the_run_without_repeating_what_was_thrown()
    {
        var orchestration = Whole().Fails<BuiltPlan>(nameof(BuildPlan));

        await SyncOrchestrator.RunAsync(orchestration.Context);

        var error = Closed(orchestration).Ending.Error!;
        Assert.Equal((HostErrors.StepFailed.Id, $"Step {nameof(BuildPlan)} failed (System.InvalidOperationException)."), (error.Code, error.Message));
        Assert.Equal([nameof(BuildPlan), nameof(CloseRun)], orchestration.Calls.TakeLast(2));
    }

    [Theory]
    [InlineData(ApprovalVerdict.Declined, "AFF621")]
    [InlineData(ApprovalVerdict.Superseded, "AFF622")]
    [InlineData(ApprovalVerdict.TimedOut, "AFF620")]
    public async Task A_plan_that_is_not_approved_is_not_written(ApprovalVerdict verdict, string code)
    {
        var orchestration = Waiting(verdict);

        await SyncOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal([nameof(RequestApproval), "timer 60 min", nameof(SettleApproval), nameof(CloseRun)], orchestration.Calls.TakeLast(4));
        Assert.Equal((false, code), (Closed(orchestration).Ending.Applied, Closed(orchestration).Ending.Error!.Code));
    }

    [Fact]
    public async Task An_approved_plan_is_written_with_every_value_read_again()
    {
        var orchestration = Waiting(ApprovalVerdict.Approved);
        orchestration.ClockStands = true;
        orchestration.Raise(ApprovalEvent.Name);

        await SyncOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal([nameof(SettleApproval), nameof(ResumeRun), nameof(ApplyOrchestrator), nameof(VerifyOrchestrator), nameof(CloseRun)], orchestration.Calls.TakeLast(5));
        var apply = orchestration.Inputs.OfType<ApplyInput>().Single();
        Assert.Equal((true, 9L), (apply.ReadFirst, apply.LeaseEpoch));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_leaves_its_wait_and_settles_nothing()
    {
        var orchestration = Waiting(ApprovalVerdict.Approved);
        orchestration.ClockStands = true;
        var run = SyncOrchestrator.RunAsync(orchestration.Context);
        Assert.False(run.IsCompleted);

        orchestration.Raise(CancelEvent.Name);
        await run.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([nameof(RequestApproval), "timer 60 min", nameof(CloseRun)], orchestration.Calls.TakeLast(3));
        Assert.Equal((false, OrchestrationErrors.Cancelled.Id), (Closed(orchestration).Ending.Applied, Closed(orchestration).Ending.Error!.Code));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_while_it_writes_tells_the_part_that_writes_and_reads_nothing_back()
    {
        var applying = new TaskCompletionSource<ApplyResult>();
        var orchestration = Whole().Part(nameof(ApplyOrchestrator), (_, _) => applying.Task);
        var run = SyncOrchestrator.RunAsync(orchestration.Context);

        orchestration.Raise(CancelEvent.Name);
        applying.SetResult(new ApplyResult(4, [], 1, new RunError(OrchestrationErrors.Cancelled.Id, "x", "y")));
        await run.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([nameof(ApplyOrchestrator), $"event {CancelEvent.Name} to {MockedOrchestration.RunId}:apply", nameof(CloseRun)], orchestration.Calls.TakeLast(3));
        Assert.Equal((true, OrchestrationErrors.Cancelled.Id), (Closed(orchestration).Ending.Applied, Closed(orchestration).Ending.Error!.Code));
    }

    [Fact]
    public async Task After_a_lost_lease_nothing_is_read_back_and_after_another_end_everything_is()
    {
        var lost = Whole().Part(nameof(ApplyOrchestrator), new ApplyResult(4, [], 1, new RunError(HostErrors.LeaseLost.Id, "x", "y")));
        var refused = Whole().Part(nameof(ApplyOrchestrator), new ApplyResult(4, [], 1, new RunError(AffinityErrors.Unavailable.Id, "x", "y")));

        await SyncOrchestrator.RunAsync(lost.Context);
        await SyncOrchestrator.RunAsync(refused.Context);

        Assert.DoesNotContain(nameof(VerifyOrchestrator), lost.Calls);
        Assert.Contains(nameof(VerifyOrchestrator), refused.Calls);
    }

    private static CloseRunInput Closed(MockedOrchestration orchestration) => Assert.Single(orchestration.Inputs.OfType<CloseRunInput>());

    private static MockedOrchestration Whole(RunMode mode = RunMode.Apply, DateTimeOffset? giveUpAt = null) =>
        new MockedOrchestration(new SyncInput("portfolio", mode, giveUpAt is null ? RunTrigger.Http : RunTrigger.Schedule, giveUpAt)).With<SyncInput>()
            .Activity(nameof(OpenRun), Opened with { Calls = 1 })
            .Activity(nameof(ReadListPages), new ListSlice(10, 0, null, 2))
            .Activity(nameof(ReadSource), new SourceRead(10))
            .Activity(nameof(BuildPlan), new BuiltPlan(2, 10))
            .Activity(nameof(CheckGuards), new GuardVerdict(0))
            .Activity(nameof(RequestApproval), new ApprovalNeed())
            .Part(nameof(ApplyOrchestrator), new ApplyResult(4, [], 10))
            .Part(nameof(VerifyOrchestrator), new VerifyResult(2, []))
            .Activity(nameof(CloseRun), new RunResult(MockedOrchestration.RunId, RunOutcome.Succeeded));

    private static MockedOrchestration Waiting(ApprovalVerdict verdict) => Whole()
        .Activity(nameof(RequestApproval), new ApprovalNeed("hash", Start.AddHours(1)))
        .Activity(nameof(SettleApproval), new SettledApproval(verdict))
        .Activity(nameof(ResumeRun), new ResumedRun(9));
}
