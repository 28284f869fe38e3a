using AffinityDurable.Core.Applying;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reading;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Runs;
using AffinityDurable.Core.Throttling;
using AffinityDurable.Functions.Activities;
using AffinityDurable.Functions.Orchestrations;
using AffinityDurable.Functions.Scheduling;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Tests.Orchestrators;

/// <summary>Applying, undoing, and the nights.</summary>
public sealed class PartOrchestratorTests
{
    private static readonly DateTimeOffset Start = new(MockedOrchestration.Start);

    [Fact]
    public async Task Every_batch_is_applied_once_and_what_is_left_of_one_again()
    {
        var orchestration = Applying(batches: 3, (call, order) => new BatchOutcome(order.Batch, 5, call == 1 ? 2 : 0, 6));

        var result = await ApplyOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal([0, 1, 2, 1], orchestration.Inputs.Cast<ApplyBatchInput>().Select(order => order.Batch));
        Assert.Equal((24, 20, null), (result.Calls, result.SettledEntries, result.Error));
    }

    [Fact]
    public async Task On_a_wait_nothing_more_is_dispatched_and_one_timer_is_set()
    {
        var wait = new Wait(WaitReason.MinuteLimit, Start.AddSeconds(30), Start.AddMinutes(1));
        var orchestration = Applying(batches: 4, (call, order) => call < 2 ? new BatchOutcome(order.Batch, 1, 1, 1, wait) : new BatchOutcome(order.Batch, 1, 0, 1));

        var result = await ApplyOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal(["timer 1 min"], orchestration.Calls.Where(call => call.StartsWith("timer", StringComparison.Ordinal)));
        Assert.Equal([nameof(ApplyBatch), nameof(ApplyBatch), "timer 1 min"], orchestration.Calls.Take(3));
        Assert.Equal(new WaitFigures(WaitReason.MinuteLimit, 1, TimeSpan.FromMinutes(1)), Assert.Single(result.Waits));
        Assert.Null(result.Error);
    }

    [Fact]
    public async Task A_batch_that_has_to_stop_ends_the_applying()
    {
        var orchestration = Applying(batches: 10, (_, order) => new BatchOutcome(order.Batch, 0, 5, 0, Stop: OrchestrationErrors.Cancelled.Id));

        var result = await ApplyOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal(OrchestrationErrors.Cancelled.Id, result.Error?.Code);
        Assert.InRange(orchestration.Calls.Count, 1, 2);
        Assert.Null(orchestration.Next);
    }

    [Fact]
    public async Task A_cancelled_part_leaves_its_wait_and_dispatches_nothing_more()
    {
        var wait = new Wait(WaitReason.MinuteLimit, Start.AddSeconds(30), Start.AddMinutes(1));
        var orchestration = Applying(batches: 4, (_, order) => new BatchOutcome(order.Batch, 1, 1, 1, wait));
        orchestration.ClockStands = true;
        var applying = ApplyOrchestrator.RunAsync(orchestration.Context);
        Assert.False(applying.IsCompleted);

        orchestration.Raise(CancelEvent.Name);
        var result = await applying.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(OrchestrationErrors.Cancelled.Id, result.Error?.Code);
        Assert.Equal(2, orchestration.Inputs.Count);
    }

    [Fact]
    public async Task A_large_plan_goes_on_in_a_new_generation_with_what_is_known()
    {
        var orchestration = Applying(batches: 500, (_, order) => new BatchOutcome(order.Batch, 10, 0, 10));

        await ApplyOrchestrator.RunAsync(orchestration.Context);

        var next = Assert.IsType<ApplyInput>(orchestration.Next);
        Assert.Equal((90, 900, 900, 0), (next.Next, next.Calls, next.Status.SettledEntries, next.Unfinished.Count));
    }

    [Fact]
    public async Task An_undo_reads_what_is_there_now_and_writes_without_asking_anybody()
    {
        var orchestration = Undoing(new PreparedUndo(3, 100));

        await UndoOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal([nameof(OpenUndo), nameof(PrepareUndo), nameof(ReadUndoValues), nameof(BuildUndo), nameof(ApplyOrchestrator), nameof(CloseRun)], orchestration.Calls);
        Assert.True(orchestration.Inputs.OfType<ApplyInput>().Single().IgnoresHold);
    }

    [Fact]
    public async Task An_undo_of_nothing_reads_nothing()
    {
        var orchestration = Undoing(new PreparedUndo(0, 100));

        await UndoOrchestrator.RunAsync(orchestration.Context);

        Assert.DoesNotContain(nameof(ReadUndoValues), orchestration.Calls);
    }

    [Fact]
    public async Task A_night_runs_what_is_due_in_order_reports_what_was_missed_and_sums_up()
    {
        var orchestration = Night([Due("a", missed: true), Due("a"), Due("b")], (_, _) => Task.FromResult(new RunResult("x", RunOutcome.Succeeded)));

        var night = await NightlyOrchestrator.RunAsync(orchestration.Context);

        Assert.Equal(new NightSummary(3, 0), night);
        Assert.Equal(
            [nameof(FindDueOccurrences), nameof(RecordOccurrence), nameof(RecordOccurrence), nameof(SyncOrchestrator), nameof(RecordOccurrence), nameof(SyncOrchestrator), nameof(CloseNight)],
            orchestration.Calls);
        Assert.Equal(3, orchestration.Inputs.OfType<CloseNightInput>().Single().Runs.Count);
    }

    [Fact]
    public async Task A_run_that_breaks_or_fails_does_not_stop_the_night()
    {
        var orchestration = Night([Due("a"), Due("b"), Due("c")], (id, _) => id.StartsWith('a')
            ? Task.FromException<RunResult>(new TaskFailedException(nameof(SyncOrchestrator), 1, new InvalidOperationException("terminated")))
            : Task.FromResult(new RunResult(id, id.StartsWith('b') ? RunOutcome.Failed : RunOutcome.Succeeded)));

        Assert.Equal(new NightSummary(3, 2), await NightlyOrchestrator.RunAsync(orchestration.Context));
    }

    [Fact]
    public async Task A_run_that_waits_for_an_approval_is_left_behind()
    {
        var orchestration = Night([Due("a"), Due("b")], (id, _) => id.StartsWith('a') ? new TaskCompletionSource<RunResult>().Task : Task.FromResult(new RunResult(id, RunOutcome.Succeeded)));
        orchestration.Raise(NightlyOrchestrator.WaitingEvent(Due("a").RunId));

        Assert.Equal(new NightSummary(2, 0, Waiting: 1), await NightlyOrchestrator.RunAsync(orchestration.Context));
    }

    [Fact]
    public async Task An_occurrence_whose_dependencies_are_not_met_is_left_to_a_later_tick()
    {
        var orchestration = Night([Due("a") with { HasDependencies = true }], (_, _) => throw new InvalidOperationException())
            .Activity(nameof(CheckDependencies), new DependencyVerdict(Met: false));

        Assert.Equal(new NightSummary(0, 0, Deferred: 1), await NightlyOrchestrator.RunAsync(orchestration.Context));
        Assert.Equal([nameof(FindDueOccurrences), nameof(CheckDependencies)], orchestration.Calls);
    }

    private static DueOccurrence Due(string sync, bool missed = false) => new(sync, Start, $"{sync}@20260303T0200Z", Start.AddHours(6), missed);

    private static MockedOrchestration Applying(int batches, Func<int, ApplyBatchInput, BatchOutcome> answer) =>
        new MockedOrchestration(new ApplyInput
        {
            RunId = MockedOrchestration.RunId,
            Batches = batches,
            Lanes = 2,
            ReadAt = Start,
            LeaseEpoch = 1,
            Status = new RunStatus { Phase = RunPhase.Applying },
        }).With<ApplyInput>().Activity(nameof(ApplyBatch), (call, order) => Task.FromResult(answer(call, (ApplyBatchInput)order)));

    private static MockedOrchestration Undoing(PreparedUndo prepared) =>
        new MockedOrchestration(new SyncInput("portfolio", RunMode.Apply, RunTrigger.Http)).With<SyncInput>()
            .Activity(nameof(OpenUndo), new OpenedRun { ListId = 77, LeaseEpoch = 1, Verify = Core.Definitions.Verification.None })
            .Activity(nameof(PrepareUndo), prepared)
            .Activity(nameof(ReadUndoValues), new ValuesSlice(3, 3, 1, null))
            .Activity(nameof(BuildUndo), new BuiltPlan(1, 3))
            .Part(nameof(ApplyOrchestrator), new ApplyResult(3, [], 3))
            .Activity(nameof(CloseRun), new RunResult(MockedOrchestration.RunId, RunOutcome.Succeeded));

    private static MockedOrchestration Night(IReadOnlyList<DueOccurrence> due, Func<string, object, Task<RunResult>> run) =>
        new MockedOrchestration(null)
            .Activity(nameof(FindDueOccurrences), new DueOccurrences(due))
            .Activity(nameof(RecordOccurrence), new RecordedOccurrence("x"))
            .Part(nameof(SyncOrchestrator), run)
            .Activity(nameof(CloseNight), new ClosedNight(1));
}
