using AffinityDurable.LocalHost.History;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>One turn: new messages go into the execution, the lines to record come out.</summary>
internal sealed class Turn(OrchestrationExecution execution, DateTimeOffset clock, IReadOnlyList<InboxMessage> inbox)
{
    // An orchestrator's time does not go back, even if the computer's clock is set back.
    private readonly DateTimeOffset now = clock > execution.Now ? clock : execution.Now;
    private readonly List<HistoryEvent> lines = [];
    private readonly int appendAt = execution.HistoryLength;
    private readonly InstanceRecord record = execution.Record;

    public TurnResult Run()
    {
        try
        {
            return RunToRest();
        }
        catch (Exception exception)
        {
            return Fail(exception);
        }
    }

    /// <summary>The turn of an instance whose replay failed: the instance fails, the messages are dropped.</summary>
    public TurnResult Fail(Exception exception)
    {
        var failure = StoredFailure.From(exception).Serialize();
        lines.RemoveAll(line => line.IsAction);
        lines.Add(new(HistoryEventKind.Failed, now) { Payload = failure });
        return Result(OrchestrationRuntimeStatus.Failed) with { Failure = failure };
    }

    private TurnResult RunToRest()
    {
        if (execution.IsStarted || MayStart())
        {
            Record(new(HistoryEventKind.OrchestratorStarted, now));
        }

        foreach (var line in News())
        {
            if (line.Kind == HistoryEventKind.Terminated)
            {
                return Terminate(line);
            }

            Record(line);
        }

        execution.EnsureAwaitsOnlyDurableTasks();
        lines.AddRange(execution.TakeActions());
        return Conclude();
    }

    private bool MayStart() =>
        (record.StartAt is not { } startAt || startAt <= now)
        && (!execution.IsSuspended || News().Any(line => line.Kind == HistoryEventKind.Resumed))
        && !News().Any(line => line.Kind == HistoryEventKind.Terminated);

    private IEnumerable<HistoryEvent> News() => inbox
        .Where(message => message.Event is not null && (message.Execution is null || message.Execution == record.Execution))
        .Select(message => message.Event!)
        .Where(execution.Accepts);

    private void Record(HistoryEvent line)
    {
        lines.Add(line);
        execution.Apply(line);
    }

    private TurnResult Conclude()
    {
        if (execution.Body is not { } body)
        {
            return Result(RestingStatus());
        }

        if (body.Exception?.InnerException is { } exception)
        {
            return Conclude(StoredFailure.From(exception).Serialize());
        }

        if (body.IsCanceled)
        {
            return Conclude(StoredFailure.From(new TaskCanceledException("The orchestrator was cancelled.")).Serialize());
        }

        if (execution.Continuation is { } continuation)
        {
            return Result(RestingStatus()) with
            {
                Continuation = continuation,
                CarriedEvents = continuation.PreserveEvents ? execution.TakeUndeliveredEvents() : [],
            };
        }

        var output = execution.Converter.Serialize(body.Result);
        lines.Add(new(HistoryEventKind.Completed, now) { Payload = output });
        return Result(OrchestrationRuntimeStatus.Completed) with { Output = output };
    }

    private TurnResult Conclude(string failure)
    {
        lines.Add(new(HistoryEventKind.Failed, now) { Payload = failure });
        return Result(OrchestrationRuntimeStatus.Failed) with { Failure = failure };
    }

    private TurnResult Terminate(HistoryEvent termination)
    {
        lines.Add(termination);
        return Result(OrchestrationRuntimeStatus.Terminated) with
        {
            Output = termination.Payload,
            TerminateChildren = termination.Name == TerminationScope.Recursive ? termination : null,
        };
    }

    private OrchestrationRuntimeStatus RestingStatus() => execution switch
    {
        { IsSuspended: true } => OrchestrationRuntimeStatus.Suspended,
        { IsStarted: true } => OrchestrationRuntimeStatus.Running,
        _ => OrchestrationRuntimeStatus.Pending,
    };

    private TurnResult Result(OrchestrationRuntimeStatus status) => new()
    {
        Record = record,
        AppendAt = appendAt,
        Lines = lines,
        ConsumedRows = [.. inbox.Where(message => message.Row != 0).Select(message => message.Row)],
        Status = status,
        CustomStatus = execution.CustomStatus,
        At = now,
    };
}
