using Microsoft.DurableTask;

namespace AffinityDurable.LocalHost.Engine;

/// <summary>
/// External events of one execution. Names ignore case. Events nobody waits for are kept in order of arrival; an event
/// goes to the newest waiter that is not cancelled, as on the official worker.
/// </summary>
internal sealed class ExternalEvents(DataConverter converter)
{
    private readonly Dictionary<string, LinkedList<Waiter>> waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, string? Payload)> buffered = [];

    public bool HasWaiters => waiters.Values.Any(stack => stack.Count > 0);

    /// <exception cref="ArgumentException">Someone waits for the event with another payload type.</exception>
    public Task<T> WaitAsync<T>(string name, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellation);
        }

        var pending = new PendingTask<T>(converter);
        var next = buffered.FindIndex(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (next >= 0)
        {
            var payload = buffered[next].Payload;
            buffered.RemoveAt(next);
            pending.Complete(payload);
            return pending.Task;
        }

        AddWaiter(name, pending, cancellation);
        return pending.Task;
    }

    public void Raise(string name, string? payload)
    {
        if (waiters.TryGetValue(name, out var stack) && stack.Last is { } newest)
        {
            stack.RemoveLast();
            newest.Value.Registration.Dispose();
            newest.Value.Pending.Complete(payload);
            return;
        }

        buffered.Add((name, payload));
    }

    public IReadOnlyList<(string Name, string? Payload)> TakeBuffered()
    {
        var taken = buffered.ToArray();
        buffered.Clear();
        return taken;
    }

    private void AddWaiter<T>(string name, PendingTask<T> pending, CancellationToken cancellation)
    {
        if (!waiters.TryGetValue(name, out var stack))
        {
            stack = new();
            waiters.Add(name, stack);
        }

        if (stack.Last is { } other && other.Value.PayloadType != typeof(T))
        {
            throw new ArgumentException(
                $"Event '{name}' is already awaited as {other.Value.PayloadType}; it cannot be awaited as {typeof(T)} at the same time.",
                nameof(name));
        }

        var node = stack.AddLast(new Waiter(pending, typeof(T)));
        node.Value.Registration = cancellation.Register(() =>
        {
            if (node.List is not null)
            {
                stack.Remove(node);
            }

            pending.Cancel(cancellation);
        });
    }

    private sealed class Waiter(PendingTask pending, Type payloadType)
    {
        public PendingTask Pending => pending;
        public Type PayloadType => payloadType;
        public CancellationTokenRegistration Registration { get; set; }
    }
}
