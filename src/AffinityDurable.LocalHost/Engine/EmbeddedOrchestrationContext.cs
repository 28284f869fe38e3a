using AffinityDurable.LocalHost.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>The context an orchestrator sees. Every member that asks for something checks that it is called on the turn's thread.</summary>
internal sealed class EmbeddedOrchestrationContext(OrchestrationExecution execution, ILoggerFactory loggers) : TaskOrchestrationContext
{
    private readonly DataConverter converter = execution.Converter;
    private int guids;

    public override TaskName Name => new(execution.Record.Name);

    public override string InstanceId => execution.Record.Id;

    public override ParentOrchestrationInstance? Parent { get; } =
        execution.Record.Parent is { } parent ? new(parent.Name, parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => execution.Now.UtcDateTime;

    public override bool IsReplaying => execution.IsReplaying;

    public override string Version => execution.Record.Version;

    internal string? SerializedInput => execution.Record.Input;

    public override IReadOnlyDictionary<string, object?> Properties { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    protected override ILoggerFactory LoggerFactory => loggers;

    public override T? GetInput<T>()
        where T : default
    {
        execution.EnsureOnTurnThread();
        return converter.Deserialize<T>(execution.Record.Input);
    }

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        execution.EnsureOnTurnThread();
        RejectOptionsAsInput(input, options);
        var payload = converter.Serialize(input);
        return await RetriedCall.RunAsync(
            this,
            name,
            options?.Retry,
            () => execution.Ask<TResult>(new(HistoryEventKind.TaskScheduled, execution.Now) { Name = name.Name, Payload = payload }));
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        execution.EnsureOnTurnThread();
        RejectOptionsAsInput(input, options);
        var payload = converter.Serialize(input);
        var child = options as SubOrchestrationOptions;
        var id = child?.InstanceId ?? NewGuid().ToString("N");
        return await RetriedCall.RunAsync(
            this,
            orchestratorName,
            options?.Retry,
            () => execution.Ask<TResult>(new(HistoryEventKind.SubOrchestrationCreated, execution.Now)
            {
                Name = orchestratorName.Name,
                Payload = payload,
                Target = id,
                Version = child?.Version is { } version ? version.Version : null,
            }));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        execution.EnsureOnTurnThread();
        return execution.AskForTimer(new DateTimeOffset(fireAt.ToUniversalTime(), TimeSpan.Zero), cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        execution.EnsureOnTurnThread();
        return execution.Events.WaitAsync<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        execution.EnsureOnTurnThread();
        execution.Tell(new(HistoryEventKind.EventSent, execution.Now)
        {
            Name = eventName,
            Target = instanceId,
            Payload = converter.Serialize(payload),
        });
    }

    public override void SetCustomStatus(object? customStatus)
    {
        execution.EnsureOnTurnThread();
        execution.CustomStatus = converter.Serialize(customStatus);
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        execution.EnsureOnTurnThread();
        execution.Continuation = new(
            converter.Serialize(options.NewInput),
            options.PreserveUnprocessedEvents,
            string.IsNullOrWhiteSpace(options.NewVersion) ? Version : options.NewVersion);
    }

    public override Guid NewGuid()
    {
        execution.EnsureOnTurnThread();
        return DeterministicGuid.Create($"{InstanceId}_{CurrentUtcDateTime:o}_{guids++}");
    }

    private static void RejectOptionsAsInput(object? input, TaskOptions? options)
    {
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException($"{nameof(TaskOptions)} were given as the input; name the argument: options: …", nameof(input));
        }
    }
}
