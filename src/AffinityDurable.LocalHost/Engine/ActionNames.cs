using AffinityDurable.LocalHost.History;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>How a recorded action is called in messages.</summary>
internal static class ActionNames
{
    public static string Describe(this HistoryEvent action) => action.Kind switch
    {
        HistoryEventKind.TaskScheduled => $"activity '{action.Name}'",
        HistoryEventKind.SubOrchestrationCreated => $"sub-orchestration '{action.Name}' with id '{action.Target}'",
        HistoryEventKind.TimerCreated => $"timer due at {action.FireAt:yyyy-MM-ddTHH:mm:ss.fffZ}",
        HistoryEventKind.EventSent => $"event '{action.Name}' to '{action.Target}'",
        _ => action.Kind.ToString(),
    };

    /// <summary>Due times and inputs may differ, as with the official worker; kind, name and receiver may not.</summary>
    public static bool IsSameActionAs(this HistoryEvent action, HistoryEvent other) =>
        action.Kind == other.Kind
        && string.Equals(action.Name, other.Name, StringComparison.OrdinalIgnoreCase)
        && string.Equals(action.Target, other.Target, StringComparison.Ordinal);
}
