namespace AffinityDurable.LocalHost.History;

/// <summary>What a line of an instance's history records. The numbers are stored: never renumber.</summary>
public enum HistoryEventKind
{
    ExecutionStarted = 1,
    OrchestratorStarted = 2,
    TaskScheduled = 3,
    TaskCompleted = 4,
    TaskFailed = 5,
    SubOrchestrationCreated = 6,
    SubOrchestrationCompleted = 7,
    SubOrchestrationFailed = 8,
    TimerCreated = 9,
    TimerFired = 10,
    TimerCancelled = 11,
    EventSent = 12,
    EventRaised = 13,
    Suspended = 14,
    Resumed = 15,
    Terminated = 16,
    Completed = 17,
    Failed = 18,

    /// <summary>First line of an execution that took over from an earlier one with continue-as-new.</summary>
    ContinuedAsNew = 19,
}
