using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Discovery;

/// <summary>What the parameters of one call of a function are bound from.</summary>
internal sealed class Invocation(FunctionMethod function, IServiceProvider services, CancellationToken cancellation)
{
    private static readonly Dictionary<string, object?> NoBindingData = new(StringComparer.OrdinalIgnoreCase);

    private EmbeddedFunctionContext? context;

    public IServiceProvider Services => services;

    public CancellationToken Cancellation => cancellation;

    public EmbeddedFunctionContext Context => context ??= new(function, services, BindingData, cancellation);

    /// <summary>The trigger's value where it is an object: orchestration context, timer, request.</summary>
    public object? Trigger { get; init; }

    /// <summary>The serialized input of an activity or orchestrator.</summary>
    public string? Payload { get; init; }

    /// <summary>What the trigger says beside its value.</summary>
    public IReadOnlyDictionary<string, object?> BindingData { get; init; } = NoBindingData;

    public DurableTaskClient? Client { get; init; }

    public RouteValueDictionary? Route { get; init; }
}
