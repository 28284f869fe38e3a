using Microsoft.DurableTask.Client;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>Callers that wait until an instance starts or ends.</summary>
internal sealed class StatusWaiters
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<Waiter>> waiters = new(StringComparer.Ordinal);

    /// <summary>Completes at the next status of the instance that <paramref name="isReached"/> accepts.</summary>
    public Task Register(string instanceId, Func<OrchestrationRuntimeStatus, bool> isReached, CancellationToken cancellation)
    {
        var waiter = new Waiter(isReached, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            if (!waiters.TryGetValue(instanceId, out var list))
            {
                waiters.Add(instanceId, list = []);
            }

            list.Add(waiter);
        }

        cancellation.Register(() =>
        {
            Remove(instanceId, waiter);
            waiter.Source.TrySetCanceled(cancellation);
        });
        return waiter.Source.Task;
    }

    public void Signal(string instanceId, OrchestrationRuntimeStatus status)
    {
        lock (gate)
        {
            if (!waiters.TryGetValue(instanceId, out var list))
            {
                return;
            }

            list.RemoveAll(waiter => waiter.IsReached(status) && waiter.Source.TrySetResult());
            if (list.Count == 0)
            {
                waiters.Remove(instanceId);
            }
        }
    }

    public void FailAll(Exception exception)
    {
        lock (gate)
        {
            foreach (var waiter in waiters.Values.SelectMany(list => list))
            {
                waiter.Source.TrySetException(exception);
            }

            waiters.Clear();
        }
    }

    private void Remove(string instanceId, Waiter waiter)
    {
        lock (gate)
        {
            if (waiters.TryGetValue(instanceId, out var list) && list.Remove(waiter) && list.Count == 0)
            {
                waiters.Remove(instanceId);
            }
        }
    }

    private sealed record Waiter(Func<OrchestrationRuntimeStatus, bool> IsReached, TaskCompletionSource Source);
}
