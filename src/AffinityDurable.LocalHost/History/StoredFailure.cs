using System.Text.Json;
using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.History;

/// <summary>The stored form of <see cref="TaskFailureDetails"/>.</summary>
internal sealed record StoredFailure(string Type, string Message, string? Stack, StoredFailure? Inner)
{
    public static StoredFailure From(Exception exception) => exception is TaskFailedException { FailureDetails: { } } failed
        ? new(exception.GetType().ToString(), exception.Message, exception.StackTrace, From(failed.FailureDetails))
        : new(
            exception.GetType().ToString(),
            exception.Message,
            exception.StackTrace,
            exception.InnerException is { } inner ? From(inner) : null);

    public static StoredFailure Parse(string json) => JsonSerializer.Deserialize<StoredFailure>(json)!;

    public string Serialize() => JsonSerializer.Serialize(this);

    public TaskFailureDetails ToDetails() => new(Type, Message, Stack, Inner?.ToDetails(), null);

    private static StoredFailure From(TaskFailureDetails details) => new(
        details.ErrorType,
        details.ErrorMessage,
        details.StackTrace,
        details.InnerFailure is { } inner ? From(inner) : null);
}
