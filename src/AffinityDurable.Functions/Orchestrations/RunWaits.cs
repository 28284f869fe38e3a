using AffinityDurable.Core.Cancelling;
using AffinityDurable.Core.Errors;
using AffinityDurable.Core.Reporting;
using AffinityDurable.Core.Throttling;
using Microsoft.DurableTask;

namespace AffinityDurable.Functions.Orchestrations;

/// <summary>All the waiting of a run's orchestrations: for calls, for the list, for people. Cancelling the run ends every wait at once.</summary>
/// <param name="context">Of the orchestration.</param>
/// <param name="board">Shows what is waited for.</param>
/// <param name="earlier">Waits of earlier generations.</param>
internal sealed class RunWaits(TaskOrchestrationContext context, StatusBoard board, IReadOnlyList<WaitFigures> earlier)
{
    private readonly Task<CancelEvent> cancelled = context.WaitForExternalEvent<CancelEvent>(CancelEvent.Name);

    /// <summary>Waits for calls so far.</summary>
    public IReadOnlyList<WaitFigures> Figures { get; private set; } = earlier;

    /// <summary>Why the run ends, if it was cancelled.</summary>
    public RunError? Cancellation => cancelled.IsCompleted
        ? new RunError(OrchestrationErrors.Cancelled.Id, CancelWatch.Message, OrchestrationErrors.Cancelled.Cure)
        : null;

    /// <summary>Leaves the run's steps once it was cancelled.</summary>
    /// <exception cref="RunCancelledException">It was.</exception>
    public void ThrowIfCancelled()
    {
        if (cancelled.IsCompleted)
        {
            throw new RunCancelledException();
        }
    }

    /// <summary>Sleeps until calls pass again, and says so.</summary>
    public async Task ForCallsAsync(WaitReason reason, DateTimeOffset until)
    {
        var now = context.Now();
        if (until <= now)
        {
            return;
        }

        board.Show(board.Now with { WaitReason = reason.ToString(), WaitUntil = until });
        await UntilAsync(until);
        board.Show(board.Now with { WaitReason = null, WaitUntil = null });
        var woken = context.Now();
        Figures = WaitFigures.Add(Figures, reason, (woken < until ? woken : until) - now);
    }

    /// <summary>Sleeps.</summary>
    public async Task UntilAsync(DateTimeOffset until)
    {
        using var awake = new CancellationTokenSource();
        await Task.WhenAny(context.CreateTimer(until.UtcDateTime, awake.Token), cancelled);
        Cancel(awake);
    }

    /// <summary>Waits for an event, and no longer than until a time.</summary>
    public async Task ForEventAsync<T>(string name, DateTimeOffset until)
    {
        if (until <= context.Now())
        {
            return;
        }

        using var awake = new CancellationTokenSource();
        await Task.WhenAny(context.WaitForExternalEvent<T>(name, awake.Token), context.CreateTimer(until.UtcDateTime, awake.Token), cancelled);
        Cancel(awake);
    }

    /// <summary>Waits for an orchestration that does a part of the work, and tells it when the run is cancelled.</summary>
    public async Task<T> ForPartAsync<T>(Task<T> part, string instanceId)
    {
        if (await Task.WhenAny(part, cancelled) != part)
        {
            context.SendEvent(instanceId, CancelEvent.Name, new CancelEvent());
        }

        return await part;
    }

    /// <summary>Adds the waits of a part.</summary>
    public void Add(IReadOnlyList<WaitFigures> more) => Figures = [.. Figures.Concat(more).GroupBy(wait => wait.Reason).Select(Sum)];

    private static WaitFigures Sum(IGrouping<WaitReason, WaitFigures> group) =>
        new(group.Key, group.Sum(wait => wait.Count), group.Aggregate(TimeSpan.Zero, (total, wait) => total + wait.Total));

    private static void Cancel(CancellationTokenSource source)
    {
#pragma warning disable CA1849 // CancelAsync would leave the orchestrator's thread.
        source.Cancel();
#pragma warning restore CA1849
    }
}
