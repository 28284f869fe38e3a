namespace AffinityDurable.LocalHost.History;

/// <summary>One line of an instance's history, and also the form in which messages travel to an instance.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When it was recorded, UTC.</param>
public sealed record HistoryEvent(HistoryEventKind Kind, DateTimeOffset At)
{
    /// <summary>Number of the action in this execution that the line belongs to; -1 where there is none.</summary>
    public int TaskId { get; init; } = -1;

    /// <summary>Activity, orchestrator or event name.</summary>
    public string? Name { get; init; }

    /// <summary>Serialized input, output, event payload, reason or failure.</summary>
    public string? Payload { get; init; }

    /// <summary>Instance id of the sub-orchestration or of the receiver of an event.</summary>
    public string? Target { get; init; }

    /// <summary>Version that a sub-orchestration is started with.</summary>
    public string? Version { get; init; }

    /// <summary>When a durable timer is due, UTC.</summary>
    public DateTimeOffset? FireAt { get; init; }

    /// <summary>True for the lines that record something the orchestrator asked for; they are compared on replay.</summary>
    internal bool IsAction => Kind is HistoryEventKind.TaskScheduled or HistoryEventKind.SubOrchestrationCreated
        or HistoryEventKind.TimerCreated or HistoryEventKind.EventSent;
}
