using AffinityDurable.LocalHost.Engine;

namespace AffinityDurable.LocalHost.History;

/// <summary>One turn of an instance: history, new state, messages, sub-orchestrations, all or nothing.</summary>
internal sealed class TurnWrite(TurnResult turn, string defaultVersion) : StoreWrite
{
    private const string UpdateInstance =
        "UPDATE instances SET status = $2, updated_at = $3, custom_status = $4, output = $5, failure = $6 WHERE key = $1";

    public override void Apply(StoreSession session)
    {
        foreach (var row in turn.ConsumedRows)
        {
            session.Run("DELETE FROM messages WHERE row = $1", row);
        }

        if (turn.Continuation is { } continuation)
        {
            StartOver(session, continuation);
        }
        else
        {
            AppendLines(session);
        }

        SendActions(session);
        if (turn.Status.IsTerminal())
        {
            Conclude(session);
        }
    }

    private void AppendLines(StoreSession session)
    {
        for (var i = 0; i < turn.Lines.Count; i++)
        {
            session.AppendHistory(turn.Record.Key, turn.AppendAt + i, turn.Lines[i]);
        }

        session.Run(
            UpdateInstance, turn.Record.Key, (int)turn.Status, turn.At.UtcTicks, turn.CustomStatus, turn.Output, turn.Failure);
    }

    private void StartOver(StoreSession session, Continuation continuation)
    {
        session.Run("DELETE FROM history WHERE key = $1", turn.Record.Key);
        var lines = turn.FirstLinesOfNextExecution();
        for (var i = 0; i < lines.Count; i++)
        {
            session.AppendHistory(turn.Record.Key, i, lines[i]);
        }

        session.Run(
            "UPDATE instances SET execution = $2, status = $3, updated_at = $4, custom_status = NULL, input = $5, version = $6 WHERE key = $1",
            turn.Record.Key, turn.Record.Execution + 1, (int)turn.Status, turn.At.UtcTicks, continuation.Input, continuation.Version);
    }

    private void SendActions(StoreSession session)
    {
        foreach (var action in turn.Actions)
        {
            if (action.Kind == HistoryEventKind.SubOrchestrationCreated)
            {
                StartChild(session, action);
            }
            else if (action.Kind == HistoryEventKind.EventSent && session.Find(action.Target!) is { } receiver)
            {
                session.Send(receiver.Key, null, action with { Kind = HistoryEventKind.EventRaised, TaskId = -1, Target = null });
            }
        }
    }

    private void StartChild(StoreSession session, HistoryEvent created)
    {
        var parent = turn.Record;
        if (session.Find(created.Target!) is { } existing)
        {
            if (!existing.Status.IsTerminal())
            {
                var failure = new StoredFailure(
                    typeof(InvalidOperationException).FullName!,
                    $"An orchestration with id '{created.Target}' already exists and is {existing.Status}.",
                    null,
                    null);
                session.Send(parent.Key, parent.Execution, Answer(created.TaskId, created.Name, failure));
                return;
            }

            session.DeleteInstance(existing.Key);
        }

        session.AddInstance(
            new NewInstance(created.Target!, created.Name!, created.Payload) { Version = created.Version ?? defaultVersion },
            new ParentLink(parent.Key, parent.Execution, created.TaskId, parent.Id, parent.Name),
            turn.At);
    }

    private void Conclude(StoreSession session)
    {
        session.Run("DELETE FROM messages WHERE key = $1", turn.Record.Key);
        if (turn.Record.Parent is { } parent)
        {
            session.Send(parent.Key, parent.Execution, AnswerTo(parent));
        }

        if (turn.TerminateChildren is { } termination)
        {
            foreach (var child in RunningChildren(session))
            {
                session.Send(child, null, termination);
            }
        }
    }

    private HistoryEvent AnswerTo(ParentLink parent)
    {
        if (turn.Failure is { } failure)
        {
            return Answer(parent.TaskId, turn.Record.Name, StoredFailure.Parse(failure));
        }

        return turn.Status == Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Terminated
            ? Answer(parent.TaskId, turn.Record.Name, new("Terminated", $"Sub-orchestration '{turn.Record.Id}' was terminated.", null, null))
            : new(HistoryEventKind.SubOrchestrationCompleted, turn.At)
            {
                TaskId = parent.TaskId,
                Name = turn.Record.Name,
                Payload = turn.Output,
            };
    }

    private HistoryEvent Answer(int taskId, string? name, StoredFailure failure) =>
        new(HistoryEventKind.SubOrchestrationFailed, turn.At) { TaskId = taskId, Name = name, Payload = failure.Serialize() };

    private List<long> RunningChildren(StoreSession session)
    {
        using var reader = session.Query(
            $"SELECT key FROM instances WHERE parent_key = $1 AND status NOT IN {InstanceStatus.TerminalSql}", turn.Record.Key);
        var keys = new List<long>();
        while (reader.Read())
        {
            keys.Add(reader.GetInt64(0));
        }

        return keys;
    }
}
