using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.LocalHost.Discovery;

/// <summary>The <see cref="FunctionDefinition"/> of a discovered function.</summary>
internal sealed class EmbeddedFunctionDefinition(FunctionMethod function) : FunctionDefinition
{
    public override ImmutableArray<FunctionParameter> Parameters { get; } =
        [.. function.Method.GetParameters().Select(parameter => new FunctionParameter(parameter.Name!, parameter.ParameterType))];

    public override string PathToAssembly { get; } = function.Method.DeclaringType!.Assembly.Location;

    public override string EntryPoint { get; } = $"{function.Method.DeclaringType!.FullName}.{function.Method.Name}";

    public override string Id { get; } = function.Name;

    public override string Name { get; } = function.Name;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        ImmutableDictionary<string, BindingMetadata>.Empty.Add(
            function.Trigger.Parameter.Name!, new TriggerMetadata(function.Trigger));

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = ImmutableDictionary<string, BindingMetadata>.Empty;

    private sealed class TriggerMetadata(TriggerParameter trigger) : BindingMetadata
    {
        public override string Name { get; } = trigger.Parameter.Name!;

        /// <summary>As in function.json: the attribute's name with a small first letter, for instance <c>timerTrigger</c>.</summary>
        public override string Type { get; } =
            char.ToLowerInvariant(trigger.Attribute.GetType().Name[0]) + trigger.Attribute.GetType().Name[1..].Replace("Attribute", string.Empty, StringComparison.Ordinal);

        public override BindingDirection Direction => BindingDirection.In;
    }
}
