using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace AffinityDurable.LocalHost.Discovery;

/// <summary>A discovered function that can be called.</summary>
internal sealed class FunctionMethod
{
    private readonly MethodInvoker invoker;
    private readonly ObjectFactory? createInstance;
    private readonly ParameterBinder[] binders;
    private readonly Func<object?, Task<object?>> unwrap;

    public FunctionMethod(string name, FunctionKind kind, MethodInfo method, TriggerParameter trigger, ParameterBinder[] binders)
    {
        Name = name;
        Kind = kind;
        Method = method;
        Trigger = trigger;
        this.binders = binders;
        invoker = MethodInvoker.Create(method);
        createInstance = method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, Type.EmptyTypes);
        unwrap = ReturnValue.Unwrapper(method.ReturnType);
        Definition = new EmbeddedFunctionDefinition(this);
    }

    public string Name { get; }
    public FunctionKind Kind { get; }
    public MethodInfo Method { get; }
    public TriggerParameter Trigger { get; }
    public FunctionDefinition Definition { get; }

    /// <summary>Calls the function; its exceptions come out as they are.</summary>
    public Task<object?> InvokeAsync(Invocation invocation)
    {
        var arguments = new object?[binders.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = binders[i](invocation);
        }

        var target = createInstance?.Invoke(invocation.Services, null);
        return unwrap(invoker.Invoke(target, arguments.AsSpan()));
    }
}

/// <summary>The parameter with the trigger attribute.</summary>
internal sealed record TriggerParameter(ParameterInfo Parameter, Attribute Attribute);
