using System.Threading.Channels;
using AffinityDurable.LocalHost.Discovery;
using AffinityDurable.LocalHost.History;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>Runs scheduled activities, a bounded number at a time.</summary>
internal sealed partial class ActivityDispatcher : IDisposable
{
    private readonly Channel<ActivityCall> queue = Channel.CreateUnbounded<ActivityCall>();
    private readonly CancellationTokenSource stopped = new();
    private readonly CancellationTokenSource cancelled = new();
    private readonly FunctionCatalog functions;
    private readonly ActivityCompletion completed;
    private readonly TimeProvider clock;
    private readonly WorkInFlight work;
    private readonly ILogger logger;
    private readonly Task[] lanes;

    public ActivityDispatcher(
        FunctionCatalog functions, int lanes, ActivityCompletion completed, TimeProvider clock, WorkInFlight work, ILogger logger)
    {
        this.functions = functions;
        this.completed = completed;
        this.clock = clock;
        this.work = work;
        this.logger = logger;
        this.lanes = [.. Enumerable.Range(0, lanes).Select(_ => Task.Run(LaneAsync))];
    }

    public void Enqueue(ActivityCall call)
    {
        work.Begin();
        if (!queue.Writer.TryWrite(call))
        {
            // Stopping: the history knows of the call, the next start runs it.
            work.End();
        }
    }

    /// <summary>Starts nothing new, waits for what is in flight, and after <paramref name="grace"/> cancels it.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        queue.Writer.TryComplete();
        await stopped.CancelAsync().ConfigureAwait(false);
        var all = Task.WhenAll(lanes);
        if (await Task.WhenAny(all, Task.Delay(grace)).ConfigureAwait(false) != all)
        {
            await cancelled.CancelAsync().ConfigureAwait(false);

            // An activity that ignores its token is abandoned; it is run again at the next start.
            await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(5))).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        stopped.Dispose();
        cancelled.Dispose();
    }

    private async Task LaneAsync()
    {
        await foreach (var call in queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (!stopped.IsCancellationRequested && await RunAsync(call).ConfigureAwait(false) is { } completion)
            {
                completed(call, completion);
            }

            work.End();
        }
    }

    /// <returns>The completion, or null when the host's stop cut the activity off.</returns>
    private async Task<HistoryEvent?> RunAsync(ActivityCall call)
    {
        try
        {
            var activity = functions.FindActivity(call.Scheduled.Name) ?? throw MissingFunctionException.Activity(call.Scheduled.Name);
            var output = await activity.InvokeAsync(call.Scheduled.Payload, cancelled.Token).ConfigureAwait(false);
            return Completion(call, HistoryEventKind.TaskCompleted, output);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            LogCutOff(call.Scheduled.Name, call.Instance.Record.Id);
            return null;
        }
        catch (Exception exception)
        {
            LogFailed(call.Scheduled.Name, call.Instance.Record.Id, exception.GetType());
            return Completion(call, HistoryEventKind.TaskFailed, StoredFailure.From(exception).Serialize());
        }
    }

    private HistoryEvent Completion(ActivityCall call, HistoryEventKind kind, string? payload) =>
        new(kind, clock.GetUtcNow()) { TaskId = call.Scheduled.TaskId, Name = call.Scheduled.Name, Payload = payload };

    [LoggerMessage(201, LogLevel.Warning, "Activity {Activity} of instance {InstanceId} failed with {ExceptionType}.")]
    private partial void LogFailed(string? activity, string instanceId, Type exceptionType);

    [LoggerMessage(202, LogLevel.Information, "Activity {Activity} of instance {InstanceId} was cut off by the host's stop; the next start runs it again.")]
    private partial void LogCutOff(string? activity, string instanceId);
}

/// <summary>An activity to run, for one execution of an instance.</summary>
internal readonly record struct ActivityCall(InstanceRuntime Instance, int Execution, HistoryEvent Scheduled);

/// <summary>Takes the completion of an activity.</summary>
internal delegate void ActivityCompletion(ActivityCall call, HistoryEvent completion);
