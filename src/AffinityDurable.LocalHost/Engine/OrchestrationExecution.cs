using AffinityDurable.LocalHost.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>
/// One execution of an orchestrator in memory: its code, what it waits for, and what it asked for. History lines go in
/// through <see cref="Apply"/>, the same way on replay and for new lines; new actions come out of <see cref="TakeActions"/>.
/// </summary>
internal sealed partial class OrchestrationExecution
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
}
