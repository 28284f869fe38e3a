using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Discovery;

/// <summary>Finds functions by reflection, and every reason why one cannot be run here.</summary>
internal sealed class FunctionDiscovery(DataConverter converter)
{
    private readonly List<string> problems = [];

    /// <exception cref="UnsupportedFunctionException">Some function cannot be run.</exception>
    public IReadOnlyList<FunctionMethod> Discover(IEnumerable<Assembly> assemblies)
    {
        var found = assemblies
            .Distinct()
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type.IsClass && !type.IsGenericTypeDefinition && (!type.IsAbstract || type.IsSealed))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Function: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(candidate => candidate.Function is not null)
            .Select(candidate => Describe(candidate.Function!.Name, candidate.Method))
            .OfType<FunctionMethod>()
            .ToList();
        foreach (var twice in found.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            problems.Add($"{twice.Key}: the name is used by {string.Join(" and ", twice.Select(f => $"{f.Method.DeclaringType}.{f.Method.Name}"))}.");
        }

        return problems.Count == 0 ? found : throw new UnsupportedFunctionException(problems);
    }

    private FunctionMethod? Describe(string name, MethodInfo method)
    {
        RejectOutputs(name, method);
        var triggers = method.GetParameters()
            .SelectMany(parameter => parameter.GetCustomAttributes<TriggerBindingAttribute>().Select(a => new TriggerParameter(parameter, a)))
            .ToList();
        if (triggers is not [var trigger])
        {
            problems.Add($"{name}: has {triggers.Count} triggers; a function has one.");
            return null;
        }

        if (KindOf(name, trigger) is not { } kind)
        {
            return null;
        }

        var before = problems.Count;
        RejectReturnType(name, kind, method);
        var binders = method.GetParameters().Select(parameter => Binder(name, kind, trigger, parameter)).ToArray();
        return problems.Count == before ? new FunctionMethod(name, kind, method, trigger, binders!) : null;
    }

    private FunctionKind? KindOf(string name, TriggerParameter trigger)
    {
        var type = trigger.Parameter.ParameterType;
        switch (trigger.Attribute)
        {
            case OrchestrationTriggerAttribute when type == typeof(TaskOrchestrationContext):
                return FunctionKind.Orchestrator;
            case ActivityTriggerAttribute:
                return FunctionKind.Activity;
            case TimerTriggerAttribute when type == typeof(TimerInfo):
                return FunctionKind.Timer;
            case HttpTriggerAttribute { AuthLevel: not AuthorizationLevel.Anonymous } keyed:
                problems.Add($"{name}: parameter '{trigger.Parameter.Name}', HttpTrigger: AuthorizationLevel.{keyed.AuthLevel} needs the keys of Azure Functions; only Anonymous is supported.");
                return null;
            case HttpTriggerAttribute when type == typeof(HttpRequest):
                return FunctionKind.Http;
            case QueueTriggerAttribute when IsMessage(type):
                return FunctionKind.Queue;
            default:
                problems.Add($"{name}: parameter '{trigger.Parameter.Name}' binds {type} with {trigger.Attribute.GetType().Name}, which is not supported.");
                return null;
        }
    }

    /// <summary>The text of a message, or a class of the app's own that it is read into.</summary>
    private static bool IsMessage(Type type) =>
        type == typeof(string)
        || (type is { IsClass: true, IsAbstract: false, Namespace: { } name }
            && !name.Split('.')[0].Equals(nameof(System), StringComparison.Ordinal)
            && !name.Split('.')[0].Equals(nameof(Microsoft.Azure), StringComparison.Ordinal));

    private void RejectOutputs(string name, MethodInfo method)
    {
        foreach (var output in method.GetCustomAttributes().Concat(method.ReturnParameter.GetCustomAttributes()).OfType<OutputBindingAttribute>())
        {
            problems.Add($"{name}: the return value is bound with {output.GetType().Name}, which is not supported.");
        }
    }

    private void RejectReturnType(string name, FunctionKind kind, MethodInfo method)
    {
        var supported = kind switch
        {
            FunctionKind.Timer or FunctionKind.Queue => method.ReturnType == typeof(void) || method.ReturnType == typeof(Task),
            FunctionKind.Http => typeof(IActionResult).IsAssignableFrom(method.ReturnType)
                || (method.ReturnType.IsGenericType
                    && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>)
                    && typeof(IActionResult).IsAssignableFrom(method.ReturnType.GenericTypeArguments[0])),
            _ => true,
        };
        if (!supported)
        {
            problems.Add($"{name}: returns {method.ReturnType}, which is not supported for {kind} functions.");
        }
    }

    private ParameterBinder? Binder(string name, FunctionKind kind, TriggerParameter trigger, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        // Not by reference: hosts that start at the same time in one process may see different instances of one parameter.
        if (parameter.Position == trigger.Parameter.Position)
        {
            return kind switch
            {
                FunctionKind.Activity => Payload(type),
                FunctionKind.Queue when type != typeof(string) => Payload(type),
                FunctionKind.Queue => static invocation => invocation.Payload,
                _ => static invocation => invocation.Trigger,
            };
        }

        if (parameter.GetCustomAttributes<BindingAttribute>().FirstOrDefault() is { } binding)
        {
            if (binding is DurableClientAttribute && type == typeof(Microsoft.DurableTask.Client.DurableTaskClient) && kind != FunctionKind.Orchestrator)
            {
                return static invocation => invocation.Client;
            }

            problems.Add($"{name}: parameter '{parameter.Name}' binds {type} with {binding.GetType().Name}, which is not supported.");
            return null;
        }

        if (type == typeof(FunctionContext))
        {
            return static invocation => invocation.Context;
        }

        if (type == typeof(CancellationToken))
        {
            return static invocation => invocation.Cancellation;
        }

        return PlainParameter(name, kind, trigger, parameter);
    }

    private ParameterBinder? PlainParameter(string name, FunctionKind kind, TriggerParameter trigger, ParameterInfo parameter)
    {
        if (kind == FunctionKind.Orchestrator)
        {
            return Payload(parameter.ParameterType);
        }

        if (kind == FunctionKind.Http && RouteParameter.IsIn(((HttpTriggerAttribute)trigger.Attribute).Route, parameter.Name!)
            && RouteParameter.Binder(parameter) is { } route)
        {
            return route;
        }

        problems.Add($"{name}: parameter '{parameter.Name}' of type {parameter.ParameterType} has no binding that is supported.");
        return null;
    }

    private ParameterBinder Payload(Type type)
    {
        var absent = type.IsValueType ? Activator.CreateInstance(type) : null;
        return invocation => converter.Deserialize(invocation.Payload, type) ?? absent;
    }
}
