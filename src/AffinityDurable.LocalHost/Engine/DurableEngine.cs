using System.Collections.Concurrent;
using System.Threading.Channels;
using AffinityDurable.LocalHost.Client;
using AffinityDurable.LocalHost.Discovery;
using AffinityDurable.LocalHost.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>Runs orchestrations durably: takes messages, plays turns, commits them, and does what they ask for.</summary>
public sealed partial class DurableEngine : ICommitSink, IDisposable
{
    private readonly ConcurrentDictionary<long, InstanceRuntime> instances = new();
    private readonly Channel<InstanceRuntime> ready = Channel.CreateUnbounded<InstanceRuntime>();
    private readonly LocalHostOptions options;
    private readonly FunctionCatalog functions;
    private readonly ILoggerFactory loggers;
    private readonly ILogger logger;
    private StateStore? store;
    private ActivityDispatcher? activities;
    private DueTimes? timers;
    private Task[] lanes = [];

    internal DurableEngine(LocalHostOptions options, FunctionCatalog functions, ILoggerFactory loggers)
    {
        this.options = options;
        this.functions = functions;
        this.loggers = loggers;
        logger = loggers.CreateLogger<DurableEngine>();
        Client = new EmbeddedDurableTaskClient(this, options.TimeProvider);
    }

    /// <summary>Starts, queries and controls instances. Usable while the engine runs.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Set when the store failed: the engine does nothing more and the host has to stop.</summary>
    internal Action? OnStoreFaulted { get; set; }

    /// <summary>Instances in memory: those that have not ended.</summary>
    internal int InstancesInMemory => instances.Count;

    internal WorkInFlight Work { get; } = new();

    internal StatusWaiters Waiters { get; } = new();

    internal DataConverter Converter => functions.Converter;

    internal string DefaultVersion => options.DefaultVersion;

    internal StoreReader Reader => Store.Reader;

    /// <summary>When the next durable timer is due.</summary>
    internal DateTimeOffset? NextTimer => timers?.Next;

    private StateStore Store => store ?? throw new InvalidOperationException("The durable engine is not running.");

    /// <summary>While held, a fake clock does not jump. For tests that act between two steps of an orchestration.</summary>
    public IDisposable HoldClock() => new ClockHold(Work);

    /// <summary>The history of an instance's current execution, oldest line first; empty when there is no such instance.</summary>
    public Task<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string instanceId) =>
        Task.FromResult<IReadOnlyList<HistoryEvent>>(Reader.FindInstance(instanceId) is { } found ? Reader.ReadHistory(found.Key) : []);

    public void Dispose()
    {
        timers?.Dispose();
        activities?.Dispose();
    }

    internal void Start()
    {
        Work.Begin();
        timers = new DueTimes(options.TimeProvider);
        activities = new ActivityDispatcher(
            functions,
            options.MaxConcurrentActivities,
            (call, completion) => Post(call.Instance, new(completion, call.Execution)),
            options.TimeProvider,
            Work,
            loggers.CreateLogger<ActivityDispatcher>());
        store = StateStore.Open(options.StateDirectory, this);
        Recover();
        lanes = [.. Enumerable.Range(0, options.MaxConcurrentOrchestrations).Select(_ => Task.Run(LaneAsync))];
        Work.End();
    }

    /// <summary>Fires durable timers that are due now, without waiting for the clock's own timer.</summary>
    internal void FireDueTimers() => timers?.FireDue();

    internal async Task StopAsync()
    {
        timers?.Dispose();
        if (activities is not null)
        {
            await activities.StopAsync(options.StopGrace).ConfigureAwait(false);
        }

        ready.Writer.TryComplete();
        await Task.WhenAll(lanes).ConfigureAwait(false);
        store?.Dispose();
        Waiters.FailAll(new OperationCanceledException("The host has stopped."));
    }

    internal async Task WriteAsync(StoreWrite write)
    {
        Work.Begin();
        try
        {
            await Store.WriteAsync(write).ConfigureAwait(false);
        }
        finally
        {
            Work.End();
        }
    }

    void ICommitSink.Committed(IReadOnlyList<InstanceRecord> started, IReadOnlyList<(long Key, InboxMessage Message)> deliveries)
    {
        foreach (var record in started)
        {
            Adopt(new InstanceRuntime(record)
            {
                KnownHistory = [new(HistoryEventKind.ExecutionStarted, record.CreatedAt) { Name = record.Name, Payload = record.Input }],
            });
        }

        foreach (var (key, message) in deliveries)
        {
            Post(key, message);
        }
    }

    void ICommitSink.Faulted(Exception exception)
    {
        LogStoreFaulted(exception);
        Waiters.FailAll(new StoreFailedException(exception));
        OnStoreFaulted?.Invoke();
    }

    private void Adopt(InstanceRuntime instance)
    {
        instances[instance.Record.Key] = instance;
        if (instance.Record.StartAt is { } startAt && startAt > options.TimeProvider.GetUtcNow())
        {
            timers!.Add(startAt, () => Post(instance, InboxMessage.Wake), () => instance.IsClosed);
        }
        else
        {
            Post(instance, InboxMessage.Wake);
        }
    }

    private void Post(long key, InboxMessage message)
    {
        if (instances.TryGetValue(key, out var instance))
        {
            Post(instance, message);
        }
    }

    private void Post(InstanceRuntime instance, InboxMessage message)
    {
        // Counted before it is visible: the turn must not end the count first.
        Work.Begin();
        if (!instance.Post(message) || !ready.Writer.TryWrite(instance))
        {
            Work.End();
        }
    }

    [LoggerMessage(101, LogLevel.Information, "Orchestration {Name} {InstanceId} ended: {Status}.")]
    private partial void LogEnded(string name, string instanceId, OrchestrationRuntimeStatus status);

    [LoggerMessage(105, LogLevel.Error, "Orchestration {Name} {InstanceId} cannot go on: {Refusal}")]
    private partial void LogRefused(string name, string instanceId, string refusal);

    [LoggerMessage(104, LogLevel.Error, "A turn of orchestration {Name} {InstanceId} broke; it goes on from its history at the next start.")]
    private partial void LogTurnBroke(Exception exception, string name, string instanceId);

    [LoggerMessage(102, LogLevel.Critical, "The state store failed; the host stops.")]
    private partial void LogStoreFaulted(Exception exception);

    private sealed class ClockHold : IDisposable
    {
        private WorkInFlight? work;

        public ClockHold(WorkInFlight work)
        {
            this.work = work;
            work.Begin();
        }

        public void Dispose() => Interlocked.Exchange(ref work, null)?.End();
    }
}
