using AffinityDurable.LocalHost.History;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>An unfinished instance in memory: its inbox, and its execution while that is kept between turns.</summary>
internal sealed class InstanceRuntime(InstanceRecord record)
{
    private readonly Lock gate = new();
    private List<InboxMessage> inbox = [];
    private bool queued;
    private bool closed;
    private bool sawForeignThread;

    public InstanceRecord Record { get; set; } = record;

    public OrchestrationExecution? Execution { get; set; }

    /// <summary>The history where it is known without reading it: a fresh execution.</summary>
    public IReadOnlyList<HistoryEvent>? KnownHistory { get; set; }

    /// <summary>Timers of the current execution that have neither fired nor been cancelled.</summary>
    public HashSet<int> OpenTimers { get; } = [];

    /// <summary>The orchestrator's code was continued by a thread that is not the turn's.</summary>
    public bool SawForeignThread
    {
        get => Volatile.Read(ref sawForeignThread);
        set => Volatile.Write(ref sawForeignThread, value);
    }

    public bool IsClosed => Volatile.Read(ref closed);

    /// <summary>Adds a message; true when the caller has to queue the instance for a turn.</summary>
    public bool Post(InboxMessage message)
    {
        lock (gate)
        {
            if (closed)
            {
                return false;
            }

            inbox.Add(message);
            if (queued)
            {
                return false;
            }

            return queued = true;
        }
    }

    public IReadOnlyList<InboxMessage> TakeInbox()
    {
        lock (gate)
        {
            var taken = inbox;
            inbox = [];
            return taken;
        }
    }

    /// <summary>Ends a turn; true when messages arrived meanwhile and the instance stays queued.</summary>
    public bool Rest()
    {
        lock (gate)
        {
            queued = inbox.Count > 0 && !closed;
            return queued;
        }
    }

    public void Close()
    {
        lock (gate)
        {
            closed = true;
            inbox.Clear();
        }
    }

    public bool IsTimerOpen(int execution, int timer)
    {
        lock (gate)
        {
            return !closed && Record.Execution == execution && OpenTimers.Contains(timer);
        }
    }

    public void NoteTimers(IEnumerable<HistoryEvent> lines)
    {
        lock (gate)
        {
            foreach (var line in lines)
            {
                if (line.Kind == HistoryEventKind.TimerCreated)
                {
                    OpenTimers.Add(line.TaskId);
                }
                else if (line.Kind is HistoryEventKind.TimerFired or HistoryEventKind.TimerCancelled)
                {
                    OpenTimers.Remove(line.TaskId);
                }
            }
        }
    }

    /// <summary>Continue-as-new: the same instance, a new execution.</summary>
    public void StartOver(InstanceRecord next, IReadOnlyList<HistoryEvent> history)
    {
        lock (gate)
        {
            Record = next;
            OpenTimers.Clear();
            Execution = null;
            KnownHistory = history;
        }
    }
}
