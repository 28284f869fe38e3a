using AffinityDurable.LocalHost.History;
using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Engine;

/// <content>How lines of history drive the orchestrator, and how they are compared with what it asks for.</content>
internal sealed partial class OrchestrationExecution
{
    /// <summary>Brings a fresh execution to where its history ends.</summary>
    /// <exception cref="NonDeterministicOrchestratorException">The orchestrator does not do what the history says.</exception>
    public void Replay(IReadOnlyList<HistoryEvent> history)
    {
        IsReplaying = true;
        try
        {
            foreach (var line in history)
            {
                Apply(line);
            }

            EnsureAllRecorded();
        }
        finally
        {
            IsReplaying = false;
            HistoryLength = history.Count;
        }
    }

    /// <summary>Takes a history for granted that the orchestrator is not to be confronted with.</summary>
    public void LeaveUnplayed(IReadOnlyList<HistoryEvent> history) => HistoryLength = history.Count;

    /// <summary>True when the line is news for this execution: a completion is applied once.</summary>
    public bool Accepts(HistoryEvent line) => line.Kind switch
    {
        HistoryEventKind.TaskCompleted or HistoryEventKind.TaskFailed or HistoryEventKind.TimerFired
            or HistoryEventKind.SubOrchestrationCompleted or HistoryEventKind.SubOrchestrationFailed => openTasks.ContainsKey(line.TaskId),
        HistoryEventKind.Suspended => !IsSuspended,
        HistoryEventKind.Resumed => IsSuspended,
        _ => true,
    };

    public void Apply(HistoryEvent line)
    {
        HistoryLength++;
        switch (line.Kind)
        {
            case HistoryEventKind.OrchestratorStarted:
                BeginTurn(line.At);
                break;
            case HistoryEventKind.TaskScheduled or HistoryEventKind.SubOrchestrationCreated
                or HistoryEventKind.TimerCreated or HistoryEventKind.EventSent:
                Match(line);
                break;
            case HistoryEventKind.Suspended:
                IsSuspended = true;
                break;
            case HistoryEventKind.Resumed:
                Resume();
                break;
            case HistoryEventKind.TaskCompleted or HistoryEventKind.TaskFailed or HistoryEventKind.TimerFired
                or HistoryEventKind.SubOrchestrationCompleted or HistoryEventKind.SubOrchestrationFailed
                or HistoryEventKind.EventRaised:
                openTasks.Remove(line.TaskId);
                DeliverOrHold(line);
                break;
            case HistoryEventKind.TimerCancelled:
                openTasks.Remove(line.TaskId);
                break;
        }
    }

    /// <summary>What the orchestrator asked for since the last call, in order, each counted as recorded; then the timers it cancelled.</summary>
    public IReadOnlyList<HistoryEvent> TakeActions()
    {
        List<HistoryEvent> taken = [.. unrecorded];
        unrecorded.Clear();
        taken.AddRange(cancelledTimers.Select(id => new HistoryEvent(HistoryEventKind.TimerCancelled, Now) { TaskId = id }));
        cancelledTimers.Clear();
        HistoryLength += taken.Count;
        foreach (var line in taken)
        {
            Remember(line);
        }

        return taken;
    }

    private void BeginTurn(DateTimeOffset at)
    {
        EnsureAllRecorded();
        Now = at;
        if (body is null)
        {
            thread.Run(() => body = function(context));
        }
    }

    private void Resume()
    {
        IsSuspended = false;
        while (heldWhileSuspended.TryDequeue(out var line))
        {
            Deliver(line);
        }
    }

    private void DeliverOrHold(HistoryEvent line)
    {
        if (IsSuspended)
        {
            heldWhileSuspended.Enqueue(line);
        }
        else
        {
            Deliver(line);
        }
    }

    private void Deliver(HistoryEvent line)
    {
        if (line.Kind == HistoryEventKind.EventRaised)
        {
            lastStep = $"event '{line.Name}'";
            thread.Run(() => Events.Raise(line.Name!, line.Payload));
            return;
        }

        if (pending.Remove(line.TaskId, out var task))
        {
            lastStep = $"step {line.TaskId + 1} ({line.Kind})";
            thread.Run(() => Settle(task, line));
        }
    }

    private static void Settle(PendingTask task, HistoryEvent line)
    {
        if (line.Kind is HistoryEventKind.TaskFailed or HistoryEventKind.SubOrchestrationFailed)
        {
            var failure = StoredFailure.Parse(line.Payload!);
            task.Fail(new TaskFailedException(line.Name ?? string.Empty, line.TaskId, failure.ToDetails()));
        }
        else
        {
            task.Complete(line.Payload);
        }
    }

    private void Match(HistoryEvent recorded)
    {
        var step = recorded.TaskId + 1;
        if (!unrecorded.TryDequeue(out var asked))
        {
            var instead = body is { IsCompleted: true } ? "completes" : "asks for nothing";
            throw Mismatch($"step {step}: history scheduled {recorded.Describe()}, the orchestrator now {instead}");
        }

        if (!asked.IsSameActionAs(recorded))
        {
            throw Mismatch($"step {step}: history scheduled {recorded.Describe()}, the orchestrator now asks for {asked.Describe()}");
        }

        Remember(recorded);
    }

    private void EnsureAllRecorded()
    {
        if (unrecorded.TryPeek(out var extra))
        {
            throw Mismatch($"step {extra.TaskId + 1}: history has nothing, the orchestrator now asks for {extra.Describe()}");
        }
    }

    private NonDeterministicOrchestratorException Mismatch(string what) => new(
        $"Orchestrator '{Record.Name}' is not deterministic, or its code changed while instance '{Record.Id}' was under way. {what}.");

    /// <summary>A recorded action waits for its completion until a line of history brings it.</summary>
    private void Remember(HistoryEvent line)
    {
        if (line.Kind is HistoryEventKind.TaskScheduled or HistoryEventKind.SubOrchestrationCreated or HistoryEventKind.TimerCreated)
        {
            openTasks[line.TaskId] = line.Name ?? string.Empty;
        }
        else if (line.Kind == HistoryEventKind.TimerCancelled)
        {
            openTasks.Remove(line.TaskId);
        }
    }
}
