using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>A durable task that the orchestrator waits for, or may wait for.</summary>
internal abstract class PendingTask
{
    public abstract void Complete(string? payload);

    public abstract void Fail(Exception exception);
}

internal sealed class PendingTask<T>(DataConverter converter) : PendingTask
{
    private readonly TaskCompletionSource<T> source = new();

    public Task<T> Task => source.Task;

    public override void Complete(string? payload)
    {
        try
        {
            source.TrySetResult(converter.Deserialize<T>(payload)!);
        }
        catch (Exception exception)
        {
            source.TrySetException(exception);
        }
    }

    public override void Fail(Exception exception) => source.TrySetException(exception);

    public void Cancel(CancellationToken cancellation) => source.TrySetCanceled(cancellation);
}
