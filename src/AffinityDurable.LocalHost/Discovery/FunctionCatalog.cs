using System.Reflection;
using System.Text.Json;
using AffinityDurable.LocalHost.Engine;
using AffinityDurable.LocalHost.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.LocalHost.Discovery;

/// <summary>The functions of the app, by name (names ignore case).</summary>
internal sealed class FunctionCatalog
{
    private readonly Dictionary<string, FunctionMethod> functions;
    private readonly IServiceProvider services;

    public FunctionCatalog(IEnumerable<Assembly> assemblies, IServiceProvider services, JsonSerializerOptions json)
    {
        this.services = services;
        Converter = new JsonDataConverter(json);
        functions = new FunctionDiscovery(Converter).Discover(assemblies).ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);
    }

    public DataConverter Converter { get; }

    /// <summary>The client that functions get through <c>[DurableClient]</c>.</summary>
    public DurableTaskClient? Client { get; set; }

    public IEnumerable<FunctionMethod> OfKind(FunctionKind kind) => functions.Values.Where(function => function.Kind == kind);

    public bool HasOrchestrator(string? name) => Find(name, FunctionKind.Orchestrator) is not null;

    public ActivityFunction? FindActivity(string? name) =>
        Find(name, FunctionKind.Activity) is { } function ? new ActivityFunction(this, function) : null;

    /// <summary>The code of an orchestrator; of an unknown one, code that fails.</summary>
    public OrchestratorBody OpenOrchestrator(string name) =>
        Find(name, FunctionKind.Orchestrator) is { } function
            ? context => RunAsync(function, context)
            : _ => Task.FromException<object?>(MissingFunctionException.Orchestrator(name));

    public Task<object?> InvokeAsync(FunctionMethod function, object? trigger, string? payload, CancellationToken cancellation) =>
        InvokeAsync(function, services => new Invocation(function, services, cancellation) { Trigger = trigger, Payload = payload, Client = Client });

    /// <summary>Calls a function with a message of a queue.</summary>
    public Task<object?> InvokeAsync(FunctionMethod function, QueueMessage message, CancellationToken cancellation) =>
        InvokeAsync(function, services => new Invocation(function, services, cancellation) { Payload = message.Body, BindingData = message.BindingData(), Client = Client });

    private async Task<object?> InvokeAsync(FunctionMethod function, Func<IServiceProvider, Invocation> invocation)
    {
        await using var scope = services.CreateAsyncScope();
        return await function.InvokeAsync(invocation(scope.ServiceProvider)).ConfigureAwait(false);
    }

    // Runs on the turn's synchronization context: no ConfigureAwait(false), no asynchronous disposal.
    private async Task<object?> RunAsync(FunctionMethod function, TaskOrchestrationContext context)
    {
        using var scope = services.CreateScope();
        return await function.InvokeAsync(new Invocation(function, scope.ServiceProvider, CancellationToken.None)
        {
            Trigger = context,
            Payload = ((EmbeddedOrchestrationContext)context).SerializedInput,
        });
    }

    private FunctionMethod? Find(string? name, FunctionKind kind) =>
        name is not null && functions.TryGetValue(name, out var function) && function.Kind == kind ? function : null;
}

/// <summary>An activity that can be called with serialized input.</summary>
internal readonly struct ActivityFunction(FunctionCatalog catalog, FunctionMethod function)
{
    /// <returns>The serialized output.</returns>
    public async Task<string?> InvokeAsync(string? payload, CancellationToken cancellation)
    {
        var converter = catalog.Converter;
        return converter.Serialize(await catalog.InvokeAsync(function, null, payload, cancellation).ConfigureAwait(false));
    }
}
