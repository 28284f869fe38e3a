using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AffinityDurable.AzureSurface.Tests;

/// <summary>A context that only remembers what its abstract members were asked for; timers and events complete when a test says so.</summary>
internal sealed class ScriptedContext : TaskOrchestrationContext
{
    public static readonly DateTime Now = new(2026, 3, 1, 2, 30, 0, DateTimeKind.Utc);

    private readonly TaskCompletionSource _timer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<object?> _event = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Asked { get; } = [];

    public bool Replaying { get; set; }

    public string RunningVersion { get; init; } = string.Empty;

    public Func<TaskOrchestrationContext, ILoggerFactory> Loggers { get; init; } = _ => NullLoggerFactory.Instance;

    public CancellationToken TimerToken { get; private set; }

    public CancellationToken EventToken { get; private set; }

    public override TaskName Name => "Scripted";

    public override string InstanceId => "instance";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => Now;

    public override bool IsReplaying => Replaying;

    public override string Version => RunningVersion;

    protected override ILoggerFactory LoggerFactory => Loggers(this);

    public void FireTimer() => _timer.TrySetResult();

    public void Raise(object? payload) => _event.TrySetResult(payload);

    public override T? GetInput<T>()
        where T : default => default;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Asked.Add($"activity {name} of {typeof(TResult).Name} with {input ?? "nothing"}, {(options is null ? "no options" : "options")}");
        return Task.FromResult(default(TResult)!);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Asked.Add($"timer at {fireAt:HH:mm}");
        TimerToken = cancellationToken;
        return _timer.Task.WaitAsync(cancellationToken);
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        Asked.Add($"event {eventName}");
        EventToken = cancellationToken;
        return (T)(await _event.Task.WaitAsync(cancellationToken))!;
    }

    public override void SendEvent(string instanceId, string eventName, object payload) => Asked.Add($"send {eventName}");

    public override void SetCustomStatus(object? customStatus) => Asked.Add("status");

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        Asked.Add($"orchestrator {orchestratorName} of {typeof(TResult).Name} with {input ?? "nothing"}, {(options is null ? "no options" : "options")}");
        return Task.FromResult(default(TResult)!);
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        Asked.Add($"again with {newInput}, {(preserveUnprocessedEvents ? "events kept" : "events dropped")}");

    public override Guid NewGuid() => Guid.Empty;
}
