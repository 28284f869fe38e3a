using System.Reflection;

namespace AffinityDurable.LocalHost.Discovery;

/// <summary>Turns what a function returns (a value, a task, nothing) into a task of its result.</summary>
internal static class ReturnValue
{
    public static Func<object?, Task<object?>> Unwrapper(Type returnType)
    {
        if (returnType == typeof(Task))
        {
            return static value => AwaitAsync((Task)value!);
        }

        if (returnType == typeof(ValueTask))
        {
            return static value => AwaitAsync(((ValueTask)value!).AsTask());
        }

        if (returnType.IsGenericType && returnType.GetGenericTypeDefinition() is var generic)
        {
            if (generic == typeof(Task<>))
            {
                return Generic(nameof(AwaitTaskAsync), returnType);
            }

            if (generic == typeof(ValueTask<>))
            {
                return Generic(nameof(AwaitValueTaskAsync), returnType);
            }
        }

        return static value => Task.FromResult(value);
    }

    private static Func<object?, Task<object?>> Generic(string method, Type returnType) =>
        typeof(ReturnValue).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(returnType.GetGenericArguments())
            .CreateDelegate<Func<object?, Task<object?>>>();

    // No ConfigureAwait(false) here: an orchestrator's task is awaited on its turn's synchronization context.
    private static async Task<object?> AwaitAsync(Task task)
    {
        await task;
        return null;
    }

    private static async Task<object?> AwaitTaskAsync<T>(object? task) => await (Task<T>)task!;

    private static async Task<object?> AwaitValueTaskAsync<T>(object? task) => await (ValueTask<T>)task!;
}
