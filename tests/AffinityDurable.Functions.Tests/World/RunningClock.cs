using AffinityDurable.LocalHost.Engine;
using Microsoft.Extensions.Time.Testing;

namespace AffinityDurable.Functions.Tests.World;

/// <summary>
/// Lets a fake clock run by itself, faster than a real one, so that what waits inside a call (a slow answer) comes to its end. The host still
/// jumps over its own timers.
/// </summary>
internal sealed class RunningClock : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly FakeTimeProvider clock;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    public RunningClock(FakeTimeProvider clock)
    {
        this.clock = clock;
        running = Task.Run(RunAsync);
    }

    /// <summary>Jumps forward; a time that has passed meanwhile is no jump.</summary>
    public void JumpTo(DateTimeOffset time)
    {
        lock (gate)
        {
            if (time > clock.GetUtcNow())
            {
                clock.SetUtcNow(time);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Beat);
            JumpTo(clock.GetUtcNow() + Step);
        }
    }
}
