using AffinityDurable.LocalHost.History;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Engine;

/// <content>After a start: everything that was under way goes on from its history.</content>
public sealed partial class DurableEngine
{
    private void Recover()
    {
        var unfinished = Reader.ReadUnfinished();
        foreach (var record in unfinished)
        {
            Recover(new InstanceRuntime(record));
        }

        foreach (var (key, message) in Reader.ReadMessages())
        {
            Post(key, message);
        }

        if (unfinished.Count > 0)
        {
            LogRecovered(unfinished.Count);
        }
    }

    private void Recover(InstanceRuntime instance)
    {
        var history = Reader.ReadHistory(instance.Record.Key);
        if (!history.Exists(line => line.Kind == HistoryEventKind.OrchestratorStarted))
        {
            Adopt(instance);
            return;
        }

        instances[instance.Record.Key] = instance;
        instance.NoteTimers(history);
        foreach (var action in Open(history))
        {
            DoAction(instance, instance.Record.Execution, action);
        }
    }

    /// <summary>Activities and timers that the history asks for and does not complete.</summary>
    private static IEnumerable<HistoryEvent> Open(IReadOnlyList<HistoryEvent> history)
    {
        var done = history
            .Where(line => line.Kind is HistoryEventKind.TaskCompleted or HistoryEventKind.TaskFailed
                or HistoryEventKind.TimerFired or HistoryEventKind.TimerCancelled)
            .Select(line => line.TaskId)
            .ToHashSet();
        return history.Where(line =>
            line.Kind is HistoryEventKind.TaskScheduled or HistoryEventKind.TimerCreated && !done.Contains(line.TaskId));
    }

    [LoggerMessage(103, LogLevel.Information, "{Count} unfinished orchestrations go on from their history.")]
    private partial void LogRecovered(int count);
}
