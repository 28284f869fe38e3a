using AffinityDurable.LocalHost.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>
/// One execution of an orchestrator in memory: its code, what it waits for, and what it asked for. History lines go in
/// through <see cref="Apply"/>, the same way on replay and for new lines; new actions come out of <see cref="TakeActions"/>.
/// </summary>
internal sealed class OrchestrationExecution
{
    private readonly TurnSynchronizationContext thread;
    private readonly OrchestratorBody function;
    private readonly Action onForeignThread;
    private readonly EmbeddedOrchestrationContext context;
    private readonly Queue<HistoryEvent> unrecorded = new();
    private readonly Queue<HistoryEvent> heldWhileSuspended = new();
    private readonly Dictionary<int, PendingTask> pending = [];
    private readonly Dictionary<int, string> openTasks = [];
    private readonly List<int> cancelledTimers = [];
    private Task<object?>? body;
    private int actions;
    private volatile bool sawForeignThread;
    private string lastStep = "its start";

    public OrchestrationExecution(
        InstanceRecord record, OrchestratorBody function, DataConverter converter, ILoggerFactory loggers, bool sawForeignThread, Action onForeignThread)
    {
        Record = record;
        Converter = converter;
        Events = new(converter);
        this.function = function;
        this.sawForeignThread = sawForeignThread;
        this.onForeignThread = onForeignThread;
        thread = new(NoteForeignThread);
        context = new(this, loggers);
    }

    public InstanceRecord Record { get; }
    public DataConverter Converter { get; }
    public ExternalEvents Events { get; }
    public DateTimeOffset Now { get; private set; }
    public bool IsReplaying { get; private set; }
    public bool IsSuspended { get; private set; }
    public bool IsStarted => body is not null;
    public Task<object?>? Body => body is { IsCompleted: true } ? body : null;
    public string? CustomStatus { get; set; }
    public Continuation? Continuation { get; set; }

    /// <summary>Lines of this execution's history so far.</summary>
    public int HistoryLength { get; private set; }

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

    /// <summary>External events that nobody got: waited for by nobody, or held back by a suspension.</summary>
    public IReadOnlyList<(string Name, string? Payload)> TakeUndeliveredEvents() =>
    [
        .. Events.TakeBuffered(),
        .. heldWhileSuspended.Where(line => line.Kind == HistoryEventKind.EventRaised).Select(line => (line.Name!, line.Payload)),
    ];

    /// <exception cref="NonDeterministicOrchestratorException">Nothing durable can wake the orchestrator, or something else did.</exception>
    public void EnsureAwaitsOnlyDurableTasks()
    {
        if (body is null or { IsCompleted: true })
        {
            return;
        }

        var nothingDurable = pending.Count == 0 && !Events.HasWaiters && heldWhileSuspended.Count == 0;
        if (nothingDurable || sawForeignThread)
        {
            throw new NonDeterministicOrchestratorException(
                $"Orchestrator '{Record.Name}' awaited, after {lastStep}, a task that is not durable (Task.Delay, Task.Run, I/O, ConfigureAwait(false) …). "
                + "Orchestrators await only tasks of their TaskOrchestrationContext; do anything else in an activity.");
        }
    }

    public void EnsureOnTurnThread()
    {
        if (!thread.IsOnTurnThread)
        {
            NoteForeignThread();
            throw new InvalidOperationException(
                $"Orchestrator '{Record.Name}' used its context from another thread than its own, after {lastStep}: it awaited a task that is not durable.");
        }
    }

    public Task<T> Ask<T>(HistoryEvent action)
    {
        var task = new PendingTask<T>(Converter);
        pending.Add(Tell(action), task);
        return task.Task;
    }

    public Task AskForTimer(DateTimeOffset fireAt, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellation);
        }

        var task = new PendingTask<object?>(Converter);
        var id = Tell(new(HistoryEventKind.TimerCreated, Now) { FireAt = fireAt });
        pending.Add(id, task);
        cancellation.Register(() => CancelTimer(id, task, cancellation));
        return task.Task;
    }

    /// <summary>Numbers an action and puts it on the list of things to record.</summary>
    public int Tell(HistoryEvent action)
    {
        var id = actions++;
        unrecorded.Enqueue(action with { TaskId = id });
        return id;
    }

    private void NoteForeignThread()
    {
        sawForeignThread = true;
        onForeignThread();
    }

    private void CancelTimer(int id, PendingTask<object?> task, CancellationToken cancellation)
    {
        if (pending.Remove(id))
        {
            if (!IsReplaying)
            {
                cancelledTimers.Add(id);
            }

            task.Cancel(cancellation);
        }
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
