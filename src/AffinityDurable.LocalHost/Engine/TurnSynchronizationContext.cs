namespace AffinityDurable.LocalHost.Engine;

/// <summary>
/// Runs an orchestrator's continuations on the one thread that runs the instance's turn, in the order they were posted.
/// A post from any other thread means that the orchestrator awaited something that is not durable.
/// </summary>
internal sealed class TurnSynchronizationContext(Action foreignPost) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = new();
    private int turnThread;

    public bool IsOnTurnThread => Volatile.Read(ref turnThread) == Environment.CurrentManagedThreadId;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsOnTurnThread)
        {
            queue.Enqueue((d, state));
        }
        else
        {
            foreignPost();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("An orchestrator cannot block on a synchronous callback.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs <paramref name="step"/> and everything it posts, on the calling thread.</summary>
    public void Run(Action step)
    {
        var outer = Current;
        Volatile.Write(ref turnThread, Environment.CurrentManagedThreadId);
        SetSynchronizationContext(this);
        try
        {
            step();
            while (queue.TryDequeue(out var work))
            {
                work.Callback(work.State);
            }
        }
        finally
        {
            SetSynchronizationContext(outer);
            Volatile.Write(ref turnThread, 0);
        }
    }
}
