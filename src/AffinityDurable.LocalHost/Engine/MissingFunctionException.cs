using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>A call of a function that no assembly of the host has. It is never retried.</summary>
public sealed class MissingFunctionException(string message) : Exception(message)
{
    internal static bool Is(TaskFailureDetails details) => details.ErrorType == typeof(MissingFunctionException).FullName;

    internal static MissingFunctionException Activity(string? name) => new($"No activity '{name}' is registered.");

    internal static MissingFunctionException Orchestrator(string? name) => new($"No orchestrator '{name}' is registered.");
}
