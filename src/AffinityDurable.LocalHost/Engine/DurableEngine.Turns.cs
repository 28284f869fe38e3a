using AffinityDurable.LocalHost.History;

namespace AffinityDurable.LocalHost.Engine;

/// <content>The turn loop: take messages, play, commit, settle, act.</content>
public sealed partial class DurableEngine
{
    private async Task LaneAsync()
    {
        await foreach (var instance in ready.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await RunTurnAsync(instance).ConfigureAwait(false);
                if (instance.Rest())
                {
                    Work.Begin();
                    if (!ready.Writer.TryWrite(instance))
                    {
                        Work.End();
                    }
                }
            }
            catch (StoreFailedException)
            {
                // Reported by the writer; the instance goes on from the disk after a restart.
                instance.Close();
            }
            catch (Exception exception)
            {
                LogTurnBroke(exception, instance.Record.Name, instance.Record.Id);
                instance.Close();
            }
            finally
            {
                Work.End();
            }
        }
    }

    private async Task RunTurnAsync(InstanceRuntime instance)
    {
        var result = Play(instance, instance.TakeInbox());
        await Store.WriteAsync(new TurnWrite(result, options.DefaultVersion)).ConfigureAwait(false);
        Settle(instance, result);
        DoActions(instance, result);
    }

    /// <summary>Runs the orchestrator's code until it waits again.</summary>
    private TurnResult Play(InstanceRuntime instance, IReadOnlyList<InboxMessage> inbox)
    {
        var now = options.TimeProvider.GetUtcNow();
        if (instance.Execution is { } kept)
        {
            return new Turn(kept, now, inbox).Run();
        }

        var execution = Open(instance);
        instance.Execution = execution;
        var history = instance.KnownHistory ?? Store.Reader.ReadHistory(instance.Record.Key);
        if (options.RefuseVersion?.Invoke(instance.Record.Version) is { } refusal)
        {
            LogRefused(instance.Record.Name, instance.Record.Id, refusal);
            execution.LeaveUnplayed(history);
            return new Turn(execution, now, inbox).Fail(new IncompatibleVersionException(refusal));
        }

        try
        {
            execution.Replay(history);
        }
        catch (NonDeterministicOrchestratorException violation)
        {
            return new Turn(execution, now, inbox).Fail(violation);
        }

        return new Turn(execution, now, inbox).Run();
    }

    private OrchestrationExecution Open(InstanceRuntime instance) => new(
        instance.Record,
        functions.OpenOrchestrator(instance.Record.Name),
        functions.Converter,
        loggers,
        instance.SawForeignThread,
        onForeignThread: () =>
        {
            instance.SawForeignThread = true;
            Post(instance, InboxMessage.Wake);
        });

    /// <summary>Brings memory to where the committed turn left the instance.</summary>
    private void Settle(InstanceRuntime instance, TurnResult turn)
    {
        instance.KnownHistory = null;
        if (turn.Continuation is { } continuation)
        {
            var next = turn.Record with
            {
                Execution = turn.Record.Execution + 1,
                Input = continuation.Input,
                Version = continuation.Version,
                Status = turn.Status,
                StartAt = null,
            };
            instance.StartOver(next, turn.FirstLinesOfNextExecution());
            Post(instance, InboxMessage.Wake);
        }
        else if (turn.Status.IsTerminal())
        {
            instance.Close();
            instances.TryRemove(instance.Record.Key, out _);
            LogEnded(turn.Record.Name, turn.Record.Id, turn.Status);
        }
        else if (options.ReplayEveryTurn)
        {
            instance.Execution = null;
        }

        Waiters.Signal(turn.Record.Id, turn.Status);
    }

    private void DoActions(InstanceRuntime instance, TurnResult turn)
    {
        if (turn.Continuation is null)
        {
            instance.NoteTimers(turn.Lines);
        }

        foreach (var action in turn.Actions)
        {
            DoAction(instance, turn.Record.Execution, action);
        }
    }

    private void DoAction(InstanceRuntime instance, int execution, HistoryEvent action)
    {
        if (action.Kind == HistoryEventKind.TaskScheduled)
        {
            activities!.Enqueue(new(instance, execution, action));
        }
        else if (action.Kind == HistoryEventKind.TimerCreated)
        {
            timers!.Add(
                action.FireAt!.Value,
                () => Post(instance, new(new(HistoryEventKind.TimerFired, options.TimeProvider.GetUtcNow()) { TaskId = action.TaskId }, execution)),
                () => !instance.IsTimerOpen(execution, action.TaskId));
        }
    }
}
