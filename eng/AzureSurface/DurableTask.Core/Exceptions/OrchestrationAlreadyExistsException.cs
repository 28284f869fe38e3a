#nullable disable // The official type is not annotated.

namespace DurableTask.Core.Exceptions;

/// <summary>An instance of that id is in one of the statuses that forbid a new one.</summary>
public class OrchestrationAlreadyExistsException : InvalidOperationException
{
    public OrchestrationAlreadyExistsException()
    {
    }

    public OrchestrationAlreadyExistsException(string message)
        : base(message)
    {
    }

    public OrchestrationAlreadyExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
