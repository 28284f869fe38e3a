namespace AffinityDurable.LocalHost.History;

/// <summary>A change of the store, applied by the writer thread inside a transaction it shares with other changes.</summary>
internal abstract class StoreWrite
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the change is committed.</summary>
    public Task Done => done.Task;

    public abstract void Apply(StoreSession session);

    public void Complete() => done.TrySetResult();

    public void Fail(Exception exception) => done.TrySetException(exception);
}
