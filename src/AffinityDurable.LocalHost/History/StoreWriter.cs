using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace AffinityDurable.LocalHost.History;

/// <summary>
/// The only writer of the store: one thread that takes all changes waiting and commits them in one transaction.
/// What a transaction creates is handed to <see cref="ICommitSink"/> in commit order, before the callers go on.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    private const int MaxBatch = 512;

    private readonly BlockingCollection<StoreWrite> queue = new(new ConcurrentQueue<StoreWrite>());
    private readonly StoreSession session;
    private readonly ICommitSink sink;
    private readonly Thread thread;
    private Exception? fault;

    public StoreWriter(StoreSession session, ICommitSink sink)
    {
        this.session = session;
        this.sink = sink;
        thread = new Thread(Loop) { IsBackground = true, Name = "AffinityDurable store writer" };
        thread.Start();
    }

    /// <summary>Queues a change; the task completes when it is on disk.</summary>
    /// <exception cref="StoreFailedException">An earlier transaction failed, or the store is closed.</exception>
    public Task WriteAsync(StoreWrite write)
    {
        if (fault is { } earlier)
        {
            throw new StoreFailedException(earlier);
        }

        try
        {
            queue.Add(write);
        }
        catch (InvalidOperationException closed)
        {
            throw new StoreFailedException(closed);
        }

        return write.Done;
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        session.Dispose();
        queue.Dispose();
    }

    private void Loop()
    {
        var batch = new List<StoreWrite>(MaxBatch);
        foreach (var first in queue.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < MaxBatch && queue.TryTake(out var next))
            {
                batch.Add(next);
            }

            CommitBatch(batch);
        }
    }

    private void CommitBatch(List<StoreWrite> batch)
    {
        try
        {
            ThrowIfFaulted();
            session.Started.Clear();
            session.Deliveries.Clear();
            session.Begin();
            foreach (var write in batch)
            {
                write.Apply(session);
            }

            session.Commit();
        }
        catch (Exception exception)
        {
            FailAll(batch, exception);
            return;
        }

        sink.Committed(session.Started, session.Deliveries);
        foreach (var write in batch)
        {
            write.Complete();
        }
    }

    private void ThrowIfFaulted()
    {
        if (fault is not null)
        {
            throw new StoreFailedException(fault);
        }
    }

    private void TryRollback()
    {
        try
        {
            session.Rollback();
        }
        catch (SqliteException)
        {
            // No transaction is open, or the file is gone: there is nothing to undo.
        }
    }

    /// <summary>Memory is ahead of the disk after a failed commit: nothing more is written, the host stops, a restart goes on from the disk.</summary>
    private void FailAll(List<StoreWrite> batch, Exception exception)
    {
        var first = fault is null;
        TryRollback();
        fault ??= exception;
        foreach (var write in batch)
        {
            write.Fail(new StoreFailedException(exception));
        }

        if (first)
        {
            sink.Faulted(exception);
        }
    }
}
