using System.Reflection;
using AffinityDurable.Functions;
using Microsoft.Azure.Functions.Worker;

namespace AffinityDurable.Docs.Tests.Architecture;

/// <summary>Every method with <c>[Function]</c>, public or not.</summary>
internal static class FunctionMethods
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static Assembly Assembly { get; } = typeof(AffinityDurableServices).Assembly;

    public static IReadOnlyList<MethodInfo> All { get; } =
        [.. Assembly.GetTypes().SelectMany(type => type.GetMethods(Any)).Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)];

    public static IEnumerable<MethodInfo> Activities => All.Where(method => ParameterWith<ActivityTriggerAttribute>(method) is not null);

    public static IEnumerable<MethodInfo> Orchestrators => All.Where(method => ParameterWith<OrchestrationTriggerAttribute>(method) is not null);

    public static string Name(MethodInfo method) => method.GetCustomAttribute<FunctionAttribute>()!.Name;

    public static ParameterInfo? ParameterWith<T>(MethodInfo method)
        where T : Attribute => method.GetParameters().FirstOrDefault(parameter => parameter.GetCustomAttribute<T>() is not null);

    /// <summary>What a caller gets: the type inside the task.</summary>
    public static Type Result(MethodInfo method) =>
        method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>) ? method.ReturnType.GetGenericArguments()[0] : method.ReturnType;
}
