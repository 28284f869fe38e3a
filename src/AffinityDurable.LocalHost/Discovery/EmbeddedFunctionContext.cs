using System.Collections;
using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.LocalHost.Discovery;

/// <summary>The <see cref="FunctionContext"/> of one invocation.</summary>
internal sealed class EmbeddedFunctionContext(
    FunctionMethod function, IServiceProvider services, IReadOnlyDictionary<string, object?> bindingData, CancellationToken cancellation)
    : FunctionContext
{
    public override string InvocationId { get; } = Guid.NewGuid().ToString();
    public override string FunctionId => function.Definition.Id;
    public override TraceContext TraceContext { get; } = new CurrentTrace();
    public override BindingContext BindingContext { get; } = new TriggerBindings(bindingData);
    public override RetryContext RetryContext { get; } = new FirstTry();
    public override IServiceProvider InstanceServices { get; set; } = services;
    public override FunctionDefinition FunctionDefinition => function.Definition;
    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();
    public override IInvocationFeatures Features { get; } = new InvocationFeatures();
    public override CancellationToken CancellationToken => cancellation;

    private sealed class CurrentTrace : TraceContext
    {
        private readonly Activity? activity = Activity.Current;

        public override string TraceParent => activity?.Id ?? string.Empty;
        public override string TraceState => activity?.TraceStateString ?? string.Empty;
    }

    private sealed class TriggerBindings(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    private sealed class FirstTry : RetryContext
    {
        public override int RetryCount => 0;
        public override int MaxRetryCount => 0;
    }

    private sealed class InvocationFeatures : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> features = [];

        public void Set<T>(T instance) => features[typeof(T)] = instance!;

        public T? Get<T>() => features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
