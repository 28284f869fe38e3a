using System.Text.Json;
using AffinityDurable.LocalHost.Engine;
using AffinityDurable.LocalHost.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Client;

/// <summary>The client of the embedded engine. Entities are not supported; rewinding neither.</summary>
internal sealed partial class EmbeddedDurableTaskClient(DurableEngine engine, TimeProvider clock) : DurableTaskClient("embedded")
{
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        var reuse = InstanceReuse.From(options?.DedupeStatuses);
        var start = new NewInstance(options?.InstanceId ?? Guid.NewGuid().ToString("N"), orchestratorName.Name, engine.Converter.Serialize(input))
        {
            StartAt = options?.StartAt,
            Version = options?.Version is { } version ? version.Version : engine.DefaultVersion,
            Tags = options?.Tags is { Count: > 0 } tags ? JsonSerializer.Serialize(tags) : null,
        };
        await CreateAsync(start, reuse, cancellation).ConfigureAwait(false);
        return start.Id;
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return SendAsync(
            instanceId,
            new(HistoryEventKind.EventRaised, clock.GetUtcNow()) { Name = eventName, Payload = engine.Converter.Serialize(eventPayload) },
            cancellation);
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new(HistoryEventKind.Suspended, clock.GetUtcNow()) { Payload = reason }, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new(HistoryEventKind.Resumed, clock.GetUtcNow()) { Payload = reason }, cancellation);

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(
            instanceId,
            new(HistoryEventKind.Terminated, clock.GetUtcNow())
            {
                Payload = engine.Converter.Serialize(options?.Output),
                Name = options?.Recursive == true ? TerminationScope.Recursive : null,
            },
            cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, status => status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, InstanceStatus.IsTerminal, getInputsAndOutputs, cancellation);

    /// <summary>Starts the instance again with its input; one that has not ended is terminated first when the id is kept.</summary>
    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var earlier = engine.Reader.FindInstance(instanceId)
            ?? throw new ArgumentException($"An orchestration with the instance id '{instanceId}' was not found.", nameof(instanceId));
        var id = restartWithNewInstanceId ? Guid.NewGuid().ToString("N") : instanceId;
        await CreateAsync(
            new NewInstance(id, earlier.Name, earlier.Input) { Version = earlier.Version, Tags = earlier.Tags },
            InstanceReuse.Always,
            cancellation).ConfigureAwait(false);
        return id;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task CreateAsync(NewInstance start, InstanceReuse reuse, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var write = new CreateInstanceWrite(start, reuse.Allows, clock.GetUtcNow());
            await engine.WriteAsync(write).ConfigureAwait(false);
            if (write.Obstacle is not { } status)
            {
                return;
            }

            if (!reuse.Allows(status))
            {
                throw new global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException(
                    $"An orchestration with instance id '{start.Id}' and status {status} already exists.");
            }

            await TerminateForReplacementAsync(start.Id, status, cancellation).ConfigureAwait(false);
        }
    }

    private async Task TerminateForReplacementAsync(string instanceId, OrchestrationRuntimeStatus status, CancellationToken cancellation)
    {
        var reason = $"A new instance with id '{instanceId}' was requested while this one was {status}.";
        var ended = WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: false, cancellation);
        await TerminateInstanceAsync(instanceId, reason, cancellation).ConfigureAwait(false);
        await ended.ConfigureAwait(false);
    }

    private Task SendAsync(string instanceId, HistoryEvent message, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return engine.WriteAsync(new SendMessageWrite(instanceId, message));
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<OrchestrationRuntimeStatus, bool> isReached, bool withPayloads, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        using var unregister = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            return await WaitUntilReachedAsync(instanceId, isReached, withPayloads, unregister.Token).ConfigureAwait(false);
        }
        finally
        {
            await unregister.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task<OrchestrationMetadata> WaitUntilReachedAsync(
        string instanceId, Func<OrchestrationRuntimeStatus, bool> isReached, bool withPayloads, CancellationToken unregister)
    {
        while (true)
        {
            // Registered before the look, so that a change between the two is not missed.
            var reached = engine.Waiters.Register(instanceId, isReached, unregister);
            var record = engine.Reader.FindInstance(instanceId)
                ?? throw new InvalidOperationException($"Orchestration with instance id '{instanceId}' does not exist.");
            if (isReached(record.Status))
            {
                return record.ToMetadata(withPayloads ? engine.Converter : null);
            }

            await reached.ConfigureAwait(false);
        }
    }
}
