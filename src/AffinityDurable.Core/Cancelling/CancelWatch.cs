using AffinityDurable.Core.Errors;

namespace AffinityDurable.Core.Cancelling;

/// <summary>Ends work of a run within seconds after somebody cancelled it, also work that hangs in a query.</summary>
public sealed class CancelWatch(CancelBook cancellations, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    /// <summary>What a run that was cancelled says.</summary>
    public static string Message => OrchestrationErrors.Cancelled.Title + ".";

    /// <summary>Does work whose token ends when the run is cancelled.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancelled">What the work comes to when the run is cancelled.</param>
    /// <param name="cancellationToken">Ends the work for another reason.</param>
    public async Task<T> RunAsync<T>(string runId, Func<CancellationToken, Task<T>> work, Func<T> cancelled, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(cancelled);
        if (await cancellations.FindAsync(runId, cancellationToken) is not null)
        {
            return cancelled();
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(runId, stop, done.Token);
        try
        {
            var result = await work(stop.Token);
            return stop.IsCancellationRequested ? cancelled() : result;
        }
        catch (Exception) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return cancelled();
        }
        finally
        {
            await done.CancelAsync();
            await watching;
        }
    }

    private async Task WatchAsync(string runId, CancellationTokenSource stop, CancellationToken done)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, clock);
            while (await timer.WaitForNextTickAsync(done))
            {
                if (await cancellations.FindAsync(runId, done) is not null)
                {
                    await stop.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
    }
}
